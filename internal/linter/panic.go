package linter

import (
	"fmt"
	"runtime/debug"
)

// Panic is the error of a run in which helmvet itself failed. It is kept from
// ending the program, because a language server goes on with the next file.
type Panic struct {
	Value any
	Stack []byte
}

// Error implements error.
func (p *Panic) Error() string { return fmt.Sprintf("internal error: %v", p.Value) }

// safely makes an error of a panic. A goroutine of its own has nobody above who
// could.
func safely(f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &Panic{r, debug.Stack()}
		}
	}()
	return f()
}
