package config

// Map is a map that keeps the order of the file.
type Map[T any] []Entry[T]

// Entry is a member of a Map.
type Entry[T any] struct {
	Key   string
	Value T
}

// Get returns the value for key.
func (m Map[T]) Get(key string) (T, bool) {
	for _, e := range m {
		if e.Key == key {
			return e.Value, true
		}
	}
	var zero T
	return zero, false
}

func (Map[T]) ordered() {}

// orderedMap is implemented by every Map.
type orderedMap interface{ ordered() }

// FieldType is the type of an additional field: a name, or the list of allowed texts.
type FieldType struct {
	Name string
	Enum []string
}

// Scalar is a value whose type depends on something else: bool, int64, float64, string or []any.
type Scalar struct{ Value any }
