package db

import "context"

func (w *Working) takeIn(context.Context) error { return nil }
