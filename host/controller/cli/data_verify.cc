#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "host/base/file.h"
#include "host/contract/fields.h"
#include "host/controller/cli/data_verbs.h"
#include "host/controller/data/catalogue.h"
#include "host/controller/data/verify.h"

namespace pebench::cli {
namespace {

constexpr int damaged = 2;

int verify(const std::vector<std::string>& paths, bool json) {
  bool good = true;
  auto list = nlohmann::json::array();
  for (const std::string& path : paths) {
    const auto folder = data::resolve(path, base::working_folder());
    const auto found = data::verify(folder);
    good = good && found.faults.empty();
    list.push_back({{"path", folder.string()}, {"files", found.files}, {"faults", found.faults}});
    if (json) continue;
    for (const std::string& fault : found.faults) fmt::print("damaged: {}\n", fault);
    if (found.faults.empty())
      fmt::print("{}: ok, its {} files are as they were written\n", folder.string(), found.files);
    else
      fmt::print("{}: {} faults; remove the folder and make the data set again\n", folder.string(),
                 found.faults.size());
  }
  if (json) fmt::print("{}", contract::json_text({{"good", good}, {"sets", list}}));
  return good ? 0 : damaged;
}

}  // namespace

void add_data_verify(CLI::App& data, Action& action) {
  struct Arguments {
    std::vector<std::string> paths;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = data.add_subcommand("verify",
                                       "Holds the files of imported data sets against their hashes and each "
                                       "other: exit code 0 all as they were written, 2 something is damaged");
  verb->add_option("paths", arguments->paths, "Folders, or names that `pebench data list` shows as imported")
      ->required();
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench data verify data/films");
  verb->callback(
      [arguments, &action] { action = [arguments] { return verify(arguments->paths, arguments->json); }; });
}

}  // namespace pebench::cli
