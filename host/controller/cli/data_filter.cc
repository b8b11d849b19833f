#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "host/base/file.h"
#include "host/controller/cli/data_description.h"
#include "host/controller/cli/data_verbs.h"
#include "host/controller/cli/data_work.h"
#include "host/controller/cli/recipe_options.h"
#include "host/controller/data/catalogue.h"
#include "host/controller/data/import.h"
#include "host/terminal/colour.h"

namespace pebench::cli {

void add_data_filter(CLI::App& data, Action& action) {
  struct Arguments {
    std::string path, out;
    RecipeOptions recipe;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = data.add_subcommand("filter", "Makes a data set of a part of another one");
  verb->add_option("path", arguments->path,
                   "A folder, imported or raw, or the name of one that `pebench data list` shows")
      ->required();
  verb->add_option("--out", arguments->out, "The folder to make")->required();
  arguments->recipe.add_to(*verb);
  verb->footer("Example:\n  pebench data filter data/men --random-items 10000 --out data/submen");
  verb->callback([arguments, &action] {
    action = [arguments] {
      const auto& a = *arguments;
      const auto folder = data::imported(data::resolve(a.path, base::working_folder()));
      std::vector<std::string> notes;
      const int ended = DataWork().run([&](DataWork& work) {
        notes = data::filter(
            folder, a.out,
            {data::LineOrder::keep, a.recipe.recipe(), a.recipe.report(), [&work] { work.checkpoint(); }});
      });
      if (ended != 0) return ended;
      for (const std::string& note : notes) fmt::print("{}\n", note);
      fmt::print("{}", text_of(data::describe(data::Dataset::open(a.out, {})), terminal::may_colour(stdout)));
      return 0;
    };
  });
}

}  // namespace pebench::cli
