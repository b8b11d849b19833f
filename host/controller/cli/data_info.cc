#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/file.h"
#include "host/contract/fields.h"
#include "host/controller/cli/data_description.h"
#include "host/controller/cli/data_reachable.h"
#include "host/controller/cli/data_verbs.h"
#include "host/controller/data/catalogue.h"
#include "host/controller/order/finding_json.h"
#include "host/controller/order/known_order.h"
#include "host/terminal/colour.h"

namespace pebench::cli {

void add_data_info(CLI::App& data, Action& action) {
  struct Arguments {
    std::string path;
    std::vector<std::string> attributes;
    bool json = false, no_order = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      data.add_subcommand("info",
                          "Describes a data set: sizes, lengths, popularity, times, repeats, what a test "
                          "asks for; and tests whether its order tells the next item");
  verb->add_option("path", arguments->path,
                   "A folder, imported or raw, or the name of one that `pebench data list` shows")
      ->required();
  verb->add_option("--attributes", arguments->attributes, "Attributes to count into the hash")
      ->delimiter(',');
  verb->add_flag("--no-order", arguments->no_order,
                 "Leave out the test of order, which takes seconds the first time");
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench data info amazon_beauty");
  verb->callback([arguments, &action] {
    action = [arguments] {
      const auto folder = data::imported(data::resolve(arguments->path, base::working_folder()));
      const auto data = data::Dataset::open(folder, arguments->attributes);
      const auto found = data::describe(data);
      std::optional<order::Finding> order;
      if (!arguments->no_order) order = order::order_of(data::Dataset::open(folder, {}));
      if (arguments->json) {
        auto json = json_of(found);
        if (order) json["order"] = *order;
        if (const auto reachable = reachable_json(data, folder); !reachable.is_null())
          json["best_reachable"] = reachable;
        fmt::print("{}\n", contract::dump(json, 2));
      } else {
        const bool colour = terminal::may_colour(stdout);
        fmt::print("{}{}{}", text_of(found, colour), reachable_text(data, folder, colour),
                   order ? "\n" + text_of(*order, colour) : "");
      }
      return 0;
    };
  });
}

}  // namespace pebench::cli
