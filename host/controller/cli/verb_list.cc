#include "host/controller/cli/verb_list.h"

#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/contract/fields.h"
#include "host/controller/plugin/describe.h"
#include "host/controller/plugin/find.h"
#include "host/terminal/colour.h"
#include "host/terminal/table.h"

namespace pebench::cli {
namespace {

/// A library, or why it cannot be described.
struct Listed {
  std::filesystem::path library;
  std::optional<plugin::LibraryDescriptor> descriptor;
  std::string error;
};

nlohmann::json json_of(const std::vector<Listed>& all) {
  auto list = nlohmann::json::array();
  for (const Listed& one : all) {
    nlohmann::json entry = {{"library", one.library.string()}};
    if (one.descriptor)
      entry.update(*one.descriptor);
    else
      entry["error"] = one.error;
    list.push_back(entry);
  }
  return list;
}

std::string range_of(const plugin::OptionDescriptor& option) {
  switch (option.kind) {
    case plugin::OptionKind::integer:
    case plugin::OptionKind::real:
      return fmt::format("{:g} .. {:g}", option.low, option.high);
    case plugin::OptionKind::choice:
      return fmt::format("{}", fmt::join(option.choices, " | "));
    default:
      return "";
  }
}

std::string options_text(const plugin::EncoderDescriptor& encoder, bool colour) {
  if (encoder.options.empty()) return "";
  using Align = terminal::Table::Align;
  terminal::Table table({{"option", Align::left},
                         {"kind", Align::left},
                         {"default", Align::right},
                         {"range", Align::left},
                         {"", Align::left}});
  for (const plugin::OptionDescriptor& option : encoder.options)
    table.add_row({option.key, plugin::name_of(option.kind), contract::dump(option.initial), range_of(option),
                   option.help});
  return table.text(colour);
}

std::string text_of(const Listed& one, bool colour) {
  auto bold = [&](const std::string& text) {
    return colour ? terminal::styled(text, terminal::Table::Style::bold) : text;
  };
  if (!one.descriptor) return fmt::format("{}\n  {}\n\n", bold(one.library.stem().string()), one.error);
  std::string text;
  for (const plugin::EncoderDescriptor& encoder : one.descriptor->encoders) {
    text += fmt::format("{} {}  {}\n", bold(encoder.id), encoder.version, encoder.name);
    if (!encoder.cite.empty()) text += fmt::format("  cite     {}\n", encoder.cite);
    text += fmt::format("  hooks    {}\n",
                        encoder.hooks.empty() ? "none" : fmt::format("{}", fmt::join(encoder.hooks, ", ")));
    if (encoder.flags != 0)
      text += fmt::format("  flags    {}\n", fmt::join(plugin::names_of_flags(encoder.flags), ", "));
    text += fmt::format("  library  {}\n{}\n", one.library.string(), options_text(encoder, colour));
  }
  return text;
}

int list(const std::string& name_or_path, bool as_json) {
  auto settings = plugin::Describer::default_settings();
  plugin::Describer describer(settings);
  auto folders = plugin::plugin_folders(settings.program);
  std::vector<Listed> all;
  if (!name_or_path.empty()) {
    auto library = plugin::find_plugin(name_or_path, "", folders);
    all.push_back({library, describer.describe(library).descriptor, ""});
  } else {
    for (const plugin::FoundPlugin& found : plugin::all_plugins(folders)) {
      try {
        all.push_back({found.library, describer.describe(found.library).descriptor, ""});
      } catch (const base::InputError& error) {
        all.push_back({found.library, std::nullopt, error.what()});
      }
    }
  }
  if (as_json) {
    fmt::print("{}\n", contract::dump(json_of(all), 2));
  } else {
    for (const Listed& one : all) fmt::print("{}", text_of(one, terminal::may_colour(stdout)));
  }
  return 0;
}

}  // namespace

void add_list(CLI::App& app, Action& action) {
  struct Arguments {
    std::string plugin;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb =
      app.add_subcommand("list", "Shows the plugins that suites can name: version, citation, hooks, options");
  verb->add_option("plugin", arguments->plugin, "Only this one: a name, or a path to a library");
  verb->add_flag("--json", arguments->json, "Print it as JSON");
  verb->footer("Example:\n  pebench list rope");
  verb->callback(
      [arguments, &action] { action = [arguments] { return list(arguments->plugin, arguments->json); }; });
}

}  // namespace pebench::cli
