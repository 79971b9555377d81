package core

import "context"

// commitQueue collects what is to be done once a transaction has been committed.
type commitQueue struct {
	actions []func(ctx context.Context) error
}

type commitQueueKey struct{}

// InTx runs fn in a transaction: every read and write made with fn's context belongs to it, and After
// hooks wait until it has been committed.
func (a *Auth) InTx(ctx context.Context, fn func(ctx context.Context) error) error {
	if _, nested := ctx.Value(commitQueueKey{}).(*commitQueue); nested {
		return fn(ctx)
	}
	queue := &commitQueue{}
	err := a.store.InTx(ctx, func(ctx context.Context) error {
		return fn(context.WithValue(ctx, commitQueueKey{}, queue))
	})
	if err != nil {
		return err
	}
	for _, action := range queue.actions {
		if err := action(ctx); err != nil {
			return err
		}
	}
	return nil
}

// afterCommit runs action after the transaction of ctx, or at once when there is none.
func afterCommit(ctx context.Context, action func(ctx context.Context) error) error {
	if queue, ok := ctx.Value(commitQueueKey{}).(*commitQueue); ok {
		queue.actions = append(queue.actions, action)
		return nil
	}
	return action(ctx)
}
