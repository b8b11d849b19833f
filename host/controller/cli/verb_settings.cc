#include "host/controller/cli/verb_settings.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

#include "host/controller/cli/reference.h"
#include "host/terminal/colour.h"

namespace pebench::cli {

void add_settings(CLI::App& app, Action& action) {
  struct Arguments {
    std::string name;
    bool json = false, markdown = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app.add_subcommand("settings", "Shows the keys that suites can have: type, allowed values, default");
  verb->add_option("name", arguments->name, "Only this table or key: model, train.lr");
  CLI::Option* json = verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->add_flag("--markdown", arguments->markdown, "Print it as docs/suite.md has it")->excludes(json);
  verb->footer("Example:\n  pebench settings train");
  verb->callback([arguments, &action] {
    action = [arguments] {
      const auto parts = find_reference(arguments->name);
      if (arguments->json)
        fmt::print("{}\n", reference_json(parts).dump(2));
      else if (arguments->markdown)
        fmt::print("{}", reference_markdown(parts));
      else
        fmt::print("{}", reference_text(parts, terminal::may_colour(stdout)));
      return 0;
    };
  });
}

}  // namespace pebench::cli
