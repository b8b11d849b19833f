#include "host/controller/cli/project.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <sstream>
#include <system_error>

#include "host/base/error.h"
#include "host/base/file.h"

namespace pebench::cli {
namespace {

namespace fs = std::filesystem;

std::string substituted(std::string text, const std::map<std::string, std::string>& words) {
  for (const auto& [word, value] : words) {
    const std::string mark = "@" + word + "@";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
      text.replace(at, mark.size(), value);
  }
  return text;
}

/// A folder beside the project's, which takes its place when all is written, and vanishes when something
/// fails.
class Draft {
 public:
  explicit Draft(const fs::path& of)
      : folder_(of.parent_path() / fmt::format(".{}.{}", of.filename().string(), ::getpid())) {
    fs::create_directories(folder_);
  }
  ~Draft() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
};

}  // namespace

std::vector<std::string> languages(const fs::path& templates) {
  std::vector<std::string> found;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(templates, absent))
    if (entry.is_directory()) found.push_back(entry.path().filename().string());
  if (found.empty())
    throw base::InputError(
        fmt::format("there are no templates in {}; install pebench as a whole", templates.string()));
  std::sort(found.begin(), found.end());
  return found;
}

std::string camel_case(const std::string& snake_case) {
  std::string result;
  bool upper = true;
  for (const char c : snake_case) {
    if (c != '_') result += upper ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    upper = c == '_';
  }
  return result;
}

void write_project(const fs::path& from, const fs::path& to,
                   const std::map<std::string, std::string>& words) {
  try {
    if (fs::exists(fs::symlink_status(to)))
      throw base::InputError(
          fmt::format("{} exists already; choose another name, or another folder with --into", to.string()));
    const Draft draft(to);
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
      if (!entry.is_regular_file()) continue;
      const auto name = substituted(entry.path().lexically_relative(from).string(), words);
      base::write_atomically(draft.folder() / name, substituted(base::read_file(entry.path()), words));
    }
    fs::rename(draft.folder(), to);
  } catch (const fs::filesystem_error& error) {
    throw base::InputError(fmt::format("{} cannot be written ({}); choose another folder with --into",
                                       to.string(), error.code().message()));
  }
}

std::string first_block(const std::string& markdown) {
  std::istringstream lines(markdown);
  std::string block;
  bool inside = false;
  for (std::string line; std::getline(lines, line);) {
    const bool fence = line.compare(0, 3, "```") == 0;
    if (fence && inside) break;
    if (inside) block += line + "\n";
    inside = inside || fence;
  }
  return block;
}

}  // namespace pebench::cli
