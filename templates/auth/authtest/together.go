package authtest

import "sync"

// Together calls do n times at the same moment and returns when all calls have.
func Together(n int, do func(i int)) {
	start := make(chan struct{})
	var calls sync.WaitGroup
	for i := range n {
		calls.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	calls.Wait()
}
