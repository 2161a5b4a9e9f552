package web_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"milstolpe/handlers"
	"milstolpe/handlers/web"
)

// program is one that listens for real, with its own state folder.
type program struct {
	server *web.Server
	dir    string
	opened []string
	done   chan error
}

func start(t *testing.T, dir string, change ...func(*web.Config)) *program {
	t.Helper()
	l, err := web.Listen(t.Context(), "127.0.0.1:0", dir)
	if err != nil {
		t.Fatalf("listen: %v", err)
	}
	p := &program{dir: dir, done: make(chan error, 1)}
	config := web.Config{
		Addr: l.Addr().String(), StateDir: dir, Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Open: func(url string) error { p.opened = append(p.opened, url); return nil },
	}
	for _, c := range change {
		c(&config)
	}
	if p.server, err = handlers.New(config); err != nil {
		t.Fatalf("prepare: %v", err)
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	go func() { p.done <- p.server.Serve(ctx, l) }()
	t.Cleanup(func() {
		cancel()
		p.server.Quit()
	})
	return p
}

func (p *program) waitForEnd(t *testing.T) {
	t.Helper()
	select {
	case err := <-p.done:
		if err != nil {
			t.Errorf("the program ended with %v", err)
		}
	case <-time.After(20 * time.Second):
		t.Fatal("the program did not end")
	}
}
