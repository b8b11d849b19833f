package pebench

// #include "calls.h"
// #include <stdlib.h>
import "C"

import (
	"fmt"
	"unsafe"
)

// problem is an error with a status of its own.
type problem struct {
	status  C.peb_status
	message string
}

func (p problem) Error() string { return p.message }

// Unsupported refuses a legal request that this encoder does not serve, such as an odd head width.
func Unsupported(format string, arguments ...any) error {
	return problem{C.PEB_E_UNSUPPORTED, fmt.Sprintf(format, arguments...)}
}

// Invalid says that the caller's arguments are wrong.
func Invalid(format string, arguments ...any) error {
	return problem{C.PEB_E_INVALID, fmt.Sprintf(format, arguments...)}
}

// failed unwinds the rest of a hook whose pass has failed before: the host knows why.
var failed = problem{C.PEB_E_INTERNAL, ""}

// guarded runs body and turns an error or a panic into a status; report hears of it first, except of failed.
func guarded(body func() error, report func(C.peb_status, string)) (status C.peb_status) {
	defer func() {
		if thrown := recover(); thrown != nil {
			status = reported(thrown, "panic: ", report)
		}
	}()
	if err := body(); err != nil {
		return reported(err, "", report)
	}
	return C.PEB_OK
}

func reported(thrown any, prefix string, report func(C.peb_status, string)) C.peb_status {
	if known, ok := thrown.(problem); ok {
		if known != failed {
			report(known.status, known.message)
		}
		return known.status
	}
	report(C.PEB_E_INTERNAL, prefix+fmt.Sprint(thrown))
	return C.PEB_E_INTERNAL
}

// failer reports to a forward pass.
func failer(ops *C.peb_ops, scope *C.peb_scope) func(C.peb_status, string) {
	return func(status C.peb_status, message string) {
		text := C.CString(message)
		defer C.free(unsafe.Pointer(text))
		C.peb_call_fail(ops, scope, status, text)
	}
}
