#include "host/contract/folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <iterator>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/machine.h"
#include "host/base/refusal.h"

namespace pebench::contract {
namespace fs = std::filesystem;
namespace {

/// By name; none where there is no such folder.
std::vector<fs::path> files_in(const fs::path& folder, const char* extension) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none))
    if (entry.is_regular_file(none) && entry.path().extension() == extension) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

SuiteFolder suite_folder(const fs::path& results, const std::string& suite) {
  constexpr std::size_t longest_below = 400;  // trials/../<id>/attempts/<time>-<host>-<pid>/<file>
  SuiteFolder folder(base::absolute(results) / suite);
  if (folder.path().native().size() + longest_below > PATH_MAX)
    base::refuse("write results to", folder.path(), std::make_error_code(std::errc::filename_too_long));
  return folder;
}

std::vector<SuiteFolder> find_suites(const fs::path& path) {
  SuiteFolder itself(path);
  if (base::exists(itself.lock())) return {itself};
  std::vector<SuiteFolder> suites;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path, error))
    if (fs::exists(SuiteFolder(entry.path()).lock(), error)) suites.emplace_back(entry.path());
  if (suites.empty())
    throw base::InputError(fmt::format(
        "{} holds no suite.lock.json, nor does a folder in it: name the folder that `pebench run` wrote",
        path.string()));
  std::sort(suites.begin(), suites.end(), [](const auto& a, const auto& b) { return a.path() < b.path(); });
  return suites;
}

std::vector<std::string> trial_ids(const SuiteFolder& suite) {
  std::vector<std::string> ids;
  std::error_code none;
  for (const auto& group : fs::directory_iterator(suite.path() / "trials", none))
    for (const auto& trial : fs::directory_iterator(group.path(), none))
      ids.push_back(trial.path().filename().string());
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<fs::path> speed_files(const SuiteFolder& suite) { return files_in(suite.speed(), ".json"); }
std::vector<fs::path> traits_files(const SuiteFolder& suite) { return files_in(suite.users(), ".gz"); }

fs::path make_attempt_folder(const fs::path& trial_folder) {
  std::string time = base::utc(std::chrono::system_clock::now());
  time.erase(std::remove_if(time.begin(), time.end(), [](char c) { return c == '-' || c == ':'; }),
             time.end());
  std::string name = fmt::format("{}-{}-{}", time, base::host_name(), ::getpid());
  fs::path parent = trial_folder / attempts_folder;
  try {
    fs::create_directories(parent);
    fs::path path = parent / name;
    for (int n = 2; !fs::create_directory(path); ++n) path = parent / fmt::format("{}-{}", name, n);
    return path;
  } catch (const fs::filesystem_error& error) {
    base::refuse("create a folder in", parent, error.code());
  }
}

fs::path put_aside(const fs::path& file) {
  const std::string name = file.string() + ".damaged";
  fs::path aside = name;
  for (int n = 2; base::exists(aside); ++n) aside = fmt::format("{}-{}", name, n);
  std::error_code error;
  fs::rename(file, aside, error);
  if (error) base::refuse("put aside", file, error);
  return aside;
}

int count_attempts(const fs::path& trial_folder) {
  std::error_code error;
  fs::directory_iterator attempts(trial_folder / attempts_folder, error);
  return error ? 0 : static_cast<int>(std::distance(begin(attempts), end(attempts)));
}

}  // namespace pebench::contract
