package merge

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Files merges files, each by itself, several at a time. The results are in
// the order of the files.
func Files(files []Version) []Result {
	out := make([]Result, len(files))
	each(len(files), func(i int) {
		f := files[i]
		out[i] = File(f.Path, f.Base, f.Ours, f.Theirs)
	})
	return out
}

// each calls do with the numbers below n, as many at a time as there are
// processors.
func each(n int, do func(i int)) {
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	wait.Wait()
}
