#include "host/controller/cli/verb_new.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/nearest.h"
#include "host/controller/cli/project.h"
#include "host/controller/cli/project_name.h"

namespace pebench::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string name, language, into = ".";
};

/// What is installed beside the program, or linked there in a build: templates/, and abi/ with what each
/// language needs.
fs::path share_folder(const fs::path& program) {
  return program.parent_path().parent_path() / PEBENCH_SHARE_FOLDER;
}

int make(const Arguments& arguments) {
  check_project_name(arguments.name, arguments.language);
  const fs::path program = fs::read_symlink("/proc/self/exe"), share = share_folder(program);
  const auto known = languages(share / "templates");
  if (std::find(known.begin(), known.end(), arguments.language) == known.end())
    throw base::InputError(fmt::format("there is no template for --lang {}; {}", arguments.language,
                                       base::remedy(arguments.language, known)));

  const fs::path folder = base::absolute(fs::path(arguments.into) / arguments.name).lexically_normal();
  write_project(share / "templates" / arguments.language, folder,
                {{"NAME", arguments.name},
                 {"CLASS", camel_case(arguments.name)},
                 {"PEBENCH", program.string()},
                 {"PEBENCH_ABI", fs::canonical(share / "abi").string()}});
  fmt::print("wrote {}; its README.md says what is where. Next:\n\ncd {}\n{}", folder.string(),
             folder.string(), first_block(base::read_file(folder / "README.md")));
  return 0;
}

}  // namespace

void add_new(CLI::App& app, Action& action) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* verb = app.add_subcommand("new", "Writes a small project of an encoding of yours, to start from");
  verb->add_option("name", arguments->name, "What the encoding and its folder are called: my_encoding")
      ->required();
  verb->add_option("--lang", arguments->language, "c, cpp, rust, fortran, go or python")->required();
  verb->add_option("--into", arguments->into, "The folder in which the project's own is made")
      ->capture_default_str();
  verb->footer("Example:\n  pebench new my_encoding --lang cpp");
  verb->callback([arguments, &action] { action = [arguments] { return make(*arguments); }; });
}

}  // namespace pebench::cli
