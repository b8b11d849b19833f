#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "host/base/file.h"
#include "host/contract/fields.h"
#include "host/controller/cli/data_verbs.h"
#include "host/controller/cli/data_work.h"
#include "host/controller/data/catalogue.h"
#include "host/controller/data/export.h"

namespace pebench::cli {
namespace {

const std::map<std::string, data::ExportFormat> formats = {{"recbole", data::ExportFormat::recbole},
                                                           {"csv", data::ExportFormat::csv},
                                                           {"tsv", data::ExportFormat::tsv}};

/// A word as a shell takes it for itself.
std::string shell_word(const std::string& word) {
  if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._=,/-") ==
      std::string::npos)
    return word;
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

/// The command that imports what was written: names of files are paths, the others as they are.
std::vector<std::string> command_of(const data::Exported& exported, const std::filesystem::path& out) {
  std::vector<std::string> command = {"pebench", "data", "import"};
  for (const data::ImportArgument& argument : exported.arguments) {
    if (!argument.option.empty()) command.push_back(argument.option);
    if (argument.file.empty())
      command.push_back(argument.value);
    else
      command.push_back(argument.value + (out / argument.file).string());
  }
  return command;
}

}  // namespace

void add_data_export(CLI::App& data, Action& action) {
  struct Arguments {
    std::string path, format, out;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = data.add_subcommand(
      "export", "Writes a data set as files that others read, which an import gives back to the bit");
  verb->add_option("path", arguments->path,
                   "A folder, imported or raw, or the name of one that `pebench data list` shows")
      ->required();
  verb->add_option("--format", arguments->format,
                   "recbole: atomic files, .inter and .item; csv and tsv: interactions and items.jsonl")
      ->check(CLI::IsMember(formats))
      ->required();
  verb->add_option("--out", arguments->out, "The folder to make; RecBole's files are named like it")
      ->required();
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench data export amazon_beauty --format recbole --out dataset/beauty");
  verb->callback([arguments, &action] {
    action = [arguments] {
      const auto& a = *arguments;
      const auto folder = data::imported(data::resolve(a.path, base::working_folder()));
      data::Exported exported;
      const int ended = DataWork().run([&](DataWork& work) {
        exported = data::export_to(a.out, data::read_columns(folder), formats.at(a.format),
                                   [&work] { work.checkpoint(); });
      });
      if (ended != 0) return ended;
      auto command = command_of(exported, a.out);
      if (a.json) {
        fmt::print("{}", contract::json_text({{"files", exported.files}, {"import", command}}));
        return 0;
      }
      for (std::string& word : command) word = shell_word(word);
      fmt::print("{}: {}\nthey give the same data set back: {} --out FOLDER\n", a.out,
                 fmt::join(exported.files, ", "), fmt::join(command, " "));
      return 0;
    };
  });
}

}  // namespace pebench::cli
