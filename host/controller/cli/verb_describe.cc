#include "host/controller/cli/verb_describe.h"

#include <fmt/format.h>

#include <memory>
#include <string>

#include "host/contract/fields.h"
#include "host/controller/plugin/describe.h"

namespace pebench::cli {
namespace {

int describe(const std::string& library) {
  auto settings = plugin::Describer::default_settings();
  settings.cache.reset();
  fmt::print("{}\n", contract::dump(plugin::Describer(settings).describe(library).descriptor, 2));
  return 0;
}

}  // namespace

void add_describe(CLI::App& app, Action& action) {
  struct Arguments {
    std::string library;
    bool to_parent = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand("describe", "Prints what a plugin library says about itself, as JSON");
  verb->add_option("library", arguments->library, "The shared library")->required()->check(CLI::ExistingFile);
  verb->add_flag("--to-parent", arguments->to_parent)->group("");
  verb->footer("Example:\n  pebench describe build/release/plugins/rope.so");
  verb->callback([arguments, &action] {
    action = [arguments] {
      return arguments->to_parent ? plugin::describe_to_parent(arguments->library)
                                  : describe(arguments->library);
    };
  });
}

}  // namespace pebench::cli
