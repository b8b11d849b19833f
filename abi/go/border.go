package pebench

// #include "border.h"
// #include "calls.h"
import "C"

import (
	"fmt"
	"reflect"
	"runtime/cgo"
	"unsafe"
)

// registered is an encoder of this library.
type registered struct {
	info   Info
	create func(*Build, Config, Values) (any, error)
	hooks  C.uint32_t
}

var (
	encoders []registered
	wrong    error // what makes the library refuse every host
)

// instance is what the host's `self` is a handle of.
type instance struct {
	ops     *C.peb_ops
	pass    pass // of the hook that runs
	encoder any
	free    []func()
}

// Register adds an encoder to the library, in an init function of package main. E is a type with hooks.
func Register[E any](info Info, create func(build *Build, config Config, values Values) (E, error)) {
	var example E
	hooks, err := hooksOf(example)
	if err == nil && len(encoders) == C.peb_go_most_encoders {
		err = fmt.Errorf("a library has at most %d encoders", C.peb_go_most_encoders)
	}
	if err != nil {
		wrong = err
		return
	}
	erased := func(build *Build, config Config, values Values) (any, error) { return create(build, config, values) }
	encoders = append(encoders, registered{info, erased, hooks})
}

// hooksOf says which hooks a type has. A method that is called like a hook and is none would silently be missing.
func hooksOf(encoder any) (hooks C.uint32_t, err error) {
	is := map[string]bool{}
	_, is["Begin"] = encoder.(Beginner)
	_, is["Input"] = encoder.(Inputter)
	_, is["Rotate"] = encoder.(Rotator)
	_, is["Bias"] = encoder.(Biaser)
	_, is["Value"] = encoder.(Valuer)
	_, is["Output"] = encoder.(Outputter)
	codes := map[string]C.uint32_t{"Begin": C.PEB_GO_BEGIN, "Input": C.PEB_GO_INPUT, "Rotate": C.PEB_GO_ROTATE,
		"Bias": C.PEB_GO_BIAS, "Value": C.PEB_GO_VALUE, "Output": C.PEB_GO_OUTPUT}
	for name, has := range is {
		if has {
			hooks |= codes[name]
		} else if _, found := reflect.TypeOf(encoder).MethodByName(name); found {
			err = fmt.Errorf("%T has a method %s that is not the hook of that name: see its interface", encoder, name)
		}
	}
	return hooks, err
}

//export peb_plugin_v1
func peb_plugin_v1(host *C.peb_host) *C.peb_plugin {
	if wrong != nil {
		if host != nil {
			(&Build{host: host}).Log(Error, wrong.Error())
		}
		return nil
	}
	for i, encoder := range encoders {
		info := encoder.info
		name := info.Name
		if name == "" {
			name = info.ID
		}
		options := C.peb_go_new_options(C.uint32_t(len(info.Options)))
		places := unsafe.Slice(options, len(info.Options))
		for j, option := range info.Options {
			describeOption(&places[j], option)
		}
		C.peb_go_describe(C.uint32_t(i), C.uint32_t(info.Flags), C.CString(info.ID), C.CString(name), C.CString(info.Version),
			C.CString(info.Cite), options, C.uint32_t(len(info.Options)), encoder.hooks)
	}
	return C.peb_go_plugin(host, C.uint32_t(len(encoders)))
}

func describeOption(place *C.peb_option, option Option) {
	optional := func(text *string) *C.char {
		if text == nil {
			return nil
		}
		return C.CString(*text)
	}
	C.peb_go_set_option(place, C.CString(option.key), C.CString(option.help), optional(option.choices), optional(option.text),
		C.double(option.initial), C.double(option.min), C.double(option.max), C.uint32_t(option.kind))
}

//export peb_go_create
func peb_go_create(which C.uint32_t, host *C.peb_host, build *C.peb_build, config *C.peb_config, values *C.peb_value,
	self *C.uintptr_t) C.peb_status {
	encoder := encoders[which]
	made := &instance{ops: host.ops}
	declarations := &Build{host: host, build: build, instance: made}
	body := func() (err error) {
		set := Values{encoder.info.Options, unsafe.Slice(values, len(encoder.info.Options))}
		made.encoder, err = encoder.create(declarations, configOf(config), set)
		return err
	}
	// There is no forward pass to fail yet, so the message goes to the log.
	status := guarded(body, func(_ C.peb_status, message string) { declarations.Log(Error, encoder.info.ID+": "+message) })
	if status == C.PEB_OK {
		*self = C.uintptr_t(cgo.NewHandle(made))
	} else {
		made.release()
	}
	return status
}

func configOf(c *C.peb_config) Config {
	return Config{int(c.n_layers), int(c.n_sites), int(c.n_heads), int(c.d_model), int(c.d_head), int(c.max_len),
		int(c.n_positions)}
}

func (made *instance) release() {
	for _, free := range made.free {
		free()
	}
}

//export peb_go_destroy
func peb_go_destroy(self C.uintptr_t) {
	handle := cgo.Handle(self)
	handle.Value().(*instance).release()
	handle.Delete()
}

// hook runs body as one hook; tensors work meanwhile.
func hook(self C.uintptr_t, scope *C.peb_scope, body func(encoder any, p *pass)) C.peb_status {
	called := cgo.Handle(self).Value().(*instance)
	called.pass = pass{called.ops, scope}
	status := guarded(func() error {
		body(called.encoder, &called.pass)
		return nil
	}, failer(called.ops, scope))
	called.pass = pass{}
	if sticky := C.peb_call_status(called.ops, scope); sticky != C.PEB_OK {
		return sticky
	}
	return status
}

//export peb_go_begin
func peb_go_begin(self C.uintptr_t, scope *C.peb_scope) C.peb_status {
	return hook(self, scope, func(encoder any, p *pass) { encoder.(Beginner).Begin(Pass{p}) })
}

//export peb_go_input
func peb_go_input(self C.uintptr_t, scope *C.peb_scope, sequence *C.peb_sequence, x *C.peb_tensor) C.peb_status {
	return hook(self, scope, func(encoder any, p *pass) {
		*x = encoder.(Inputter).Input(sequenceOf(p, sequence), p.tensor(*x)).handle
	})
}

//export peb_go_rotate
func peb_go_rotate(self C.uintptr_t, scope *C.peb_scope, site *C.peb_site, q, k *C.peb_tensor) C.peb_status {
	return hook(self, scope, func(encoder any, p *pass) {
		query, key := encoder.(Rotator).Rotate(siteOf(p, site), p.tensor(*q), p.tensor(*k))
		*q, *k = query.handle, key.handle
	})
}

//export peb_go_bias
func peb_go_bias(self C.uintptr_t, scope *C.peb_scope, site *C.peb_site, added *C.peb_tensor) C.peb_status {
	return hook(self, scope, func(encoder any, p *pass) { *added = encoder.(Biaser).Bias(siteOf(p, site)).handle })
}

//export peb_go_value
func peb_go_value(self C.uintptr_t, scope *C.peb_scope, site *C.peb_site, added *C.peb_tensor) C.peb_status {
	return hook(self, scope, func(encoder any, p *pass) { *added = encoder.(Valuer).Value(siteOf(p, site)).handle })
}

//export peb_go_output
func peb_go_output(self C.uintptr_t, scope *C.peb_scope, site *C.peb_site, y *C.peb_tensor) C.peb_status {
	return hook(self, scope, func(encoder any, p *pass) {
		*y = encoder.(Outputter).Output(siteOf(p, site), p.tensor(*y)).handle
	})
}
