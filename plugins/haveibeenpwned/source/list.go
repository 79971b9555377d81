package haveibeenpwned

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// entry is a line of a list: the last 35 digits of a hash and a count, as JavaScript writes whole numbers.
var entry = regexp.MustCompile(`^([0-9A-Fa-f]{35}):(0|[1-9][0-9]{0,14})$`)

var errNoList = errors.New("the service answered with something that is no list of hashes")

// countOf looks a hash up in a list; entries that are padding count nothing. The whole list has to be one: the
// login page of a network, say, must not pass for a service that knows no breach.
func countOf(list, suffix string) (count int64, err error) {
	for line := range strings.SplitSeq(strings.TrimRight(list, "\r\n"), "\n") {
		parts := entry.FindStringSubmatch(strings.TrimSuffix(line, "\r"))
		if parts == nil {
			return 0, errNoList
		}
		if strings.EqualFold(parts[1], suffix) && count == 0 {
			if count, err = strconv.ParseInt(parts[2], 10, 64); err != nil {
				return 0, errNoList
			}
		}
	}
	return count, nil
}
