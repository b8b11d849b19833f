package pebench

// #include "border.h"
// #include "calls.h"
import "C"

import (
	"fmt"
	"strings"
)

// Option is what a suite may set; made by Real and its siblings.
type Option struct {
	key, help         string
	choices, text     *string
	initial, min, max float64
	kind              uint32
}

// Integer is a whole number within [min, max].
func Integer(key string, initial, min, max int, help string) Option {
	return Option{key: key, help: help, initial: float64(initial), min: float64(min), max: float64(max), kind: C.PEB_OPT_INT}
}

// Real is a real number within [min, max].
func Real(key string, initial, min, max float64, help string) Option {
	return Option{key: key, help: help, initial: initial, min: min, max: max, kind: C.PEB_OPT_REAL}
}

// Boolean is true or false.
func Boolean(key string, initial bool, help string) Option {
	option := Option{key: key, help: help, max: 1, kind: C.PEB_OPT_BOOL}
	if initial {
		option.initial = 1
	}
	return option
}

// Choice is one of words, "rotate|additive"; the first is the default.
func Choice(key, words, help string) Option {
	return Option{key: key, help: help, choices: &words, max: float64(strings.Count(words, "|")), kind: C.PEB_OPT_ENUM}
}

// Text is any text.
func Text(key, initial, help string) Option {
	return Option{key: key, help: help, text: &initial, kind: C.PEB_OPT_STRING}
}

// File is a path that the host resolves against the suite; the content of the file becomes part of a trial's identity.
func File(key, initial, help string) Option {
	return Option{key: key, help: help, text: &initial, kind: C.PEB_OPT_FILE}
}

// Values are what a suite set for the encoder's options. Every method panics for a key that is not declared with that
// kind: a mistake in the plugin, not in the suite.
type Values struct {
	options []Option
	values  []C.peb_value
}

func (v Values) Integer(key string) int  { return int(v.find(key, C.PEB_OPT_INT).num) }
func (v Values) Real(key string) float64 { return float64(v.find(key, C.PEB_OPT_REAL).num) }
func (v Values) Boolean(key string) bool { return v.find(key, C.PEB_OPT_BOOL).num != 0 }

// Word is the chosen word of a Choice.
func (v Values) Word(key string) string { return C.GoString(v.find(key, C.PEB_OPT_ENUM).str) }

// Text is the text of a Text, the path of a File.
func (v Values) Text(key string) string {
	return C.GoString(v.find(key, C.PEB_OPT_STRING, C.PEB_OPT_FILE).str)
}

func (v Values) find(key string, kinds ...uint32) C.peb_value {
	for i, option := range v.options {
		for _, kind := range kinds {
			if option.key == key && option.kind == kind {
				return v.values[i]
			}
		}
	}
	panic(fmt.Sprintf("option '%s' of that kind is not declared", key))
}
