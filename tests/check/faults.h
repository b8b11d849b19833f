#pragma once

#include <string>
#include <vector>

namespace pebench {

/// A library that is wrong, and the check that says so.
struct Fault {
  std::string library;  ///< <build>/faults/<library>.so
  std::string option;   ///< key=value, or empty
  std::string id;       ///< of the check
  std::string outcome;
  std::string text;  ///< part of what is said to the author
};

/// Those of the groups library and life.
inline const std::vector<Fault> life_faults = {
    {"undefined_symbol", "", "library.loads", "fail", "nowhere_defined"},
    {"missing_symbol", "", "library.loads", "fail", "does not export peb_plugin_v1"},
    {"refuses", "", "library.loads", "fail", "refuses this host"},
    {"crashes", "", "library.loads", "crash", "signal 11"},
    {"exits", "", "library.loads", "crash", "exit code 0"},
    {"hangs", "", "library.loads", "timeout", "did not return"},
    {"exports_more", "", "library.exports", "warn", "helper"},
    {"needs_torch", "", "library.needs_no_torch", "fail", "libtorch_of_the_tests.so"},
    {"short_encoder", "", "library.descriptor", "fail", "struct_size"},
    {"newer_minor", "", "library.descriptor", "fail", "needs minor version"},
    {"odd_option", "", "library.descriptor", "fail", "option size: its flags are 0x1"},
    {"several", "", "library.descriptor", "warn", "encoder fault: it has no hook"},
    {"same_ids", "", "library.ids", "fail", "\"fault\" is there twice"},
    {"any_extension", "", "library.extension", "fail", "gave a pointer"},
    {"reads_past_host", "", "library.shorter_host", "crash", "signal 11"},
    {"reads_past_operations", "", "library.shorter_operations", "crash", "signal 11"},
    {"lives_badly", "fault=ignores_declaration", "library.failing_declaration", "fail", "declaration 1 of 1"},
    {"lives_badly", "fault=returns_ok", "library.failing_operation", "fail", "hook input returned PEB_OK"},
    {"lives_badly", "fault=divides_by_shape", "library.failing_operation", "crash", "signal 8"},
    {"lives_badly", "fault=waits_for_shape", "library.failing_operation", "timeout", "did not return"},
    {"lives_badly", "fault=leaks_memory", "life.memory", "fail", "per instance"},
    {"lives_badly", "fault=leaks_descriptors", "life.memory", "fail", "100 file descriptors"},
    {"lives_badly", "fault=leaks_threads", "life.memory", "fail", "100 threads"},
    {"lives_badly", "fault=exits_badly", "life.begin", "crash", "as the program ended, after the check"},
    {"lives_badly", "fault=keeps_handle", "life.begin", "fail", "pass 2: plugin 'lives_badly', hook input"},
    {"lives_badly", "fault=counts_calls", "life.repeatable", "fail", "a pass and its repetition"},
    {"lives_badly", "fault=shares_state", "life.interleaved", "fail", "the first instance, in turns"},
    {"extremes", "", "life.option_extremes", "fail", "base = 0.0: input, profile"},
    {"lives_badly", "fault=several_heads", "life.sizes", "fail",
     "one head: plugin 'lives_badly', create: status 3"},
    {"lives_badly", "fault=even_width", "life.odd_widths", "fail", "head width 1: "},
};

}  // namespace pebench
