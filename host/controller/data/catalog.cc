#include "host/controller/data/catalog.h"

#include <fmt/format.h>

#include <cstdlib>
#include <optional>
#include <sstream>
#include <vector>

#include "host/base/error.h"
#include "host/base/hash.h"
#include "host/controller/data/import.h"
#include "host/controller/data/subset.h"

namespace pebench::data {
namespace {

namespace fs = std::filesystem;

/// Raised when synthesise() gives other events for the same settings.
constexpr int synthetic_version = 1;

std::vector<fs::path> data_folders() {
  if (const char* folders = std::getenv("PEBENCH_DATA")) {
    std::vector<fs::path> list;
    std::istringstream in(folders);
    for (std::string folder; std::getline(in, folder, ':');)
      if (!folder.empty()) list.emplace_back(folder);
    return list;
  }
  const fs::path root = PEBENCH_REPOSITORY;
  return {root / "data", root.parent_path() / "shared" / "data"};
}

/// folder/name or folder/name.gz, whichever is there.
std::optional<fs::path> text_file(const fs::path& folder, const std::string& name) {
  for (const auto& candidate : {folder / name, folder / (name + ".gz")})
    if (fs::is_regular_file(candidate)) return candidate;
  return std::nullopt;
}

}  // namespace

fs::path resolve(const std::string& path, const fs::path& suite_folder) {
  std::vector<fs::path> places;
  if (fs::path(path).is_absolute()) {
    places.emplace_back(path);
  } else {
    places.push_back(suite_folder / path);
    for (const auto& folder : data_folders()) places.push_back(folder / path);
  }
  std::string looked;
  for (const auto& place : places) {
    if (fs::is_directory(place)) return fs::weakly_canonical(place);
    looked += (looked.empty() ? "" : ", ") + fs::absolute(place).lexically_normal().string();
  }
  throw base::InputError(fmt::format(
      "there is no data set '{}' (looked at {}): put it there or name its parent folder in PEBENCH_DATA",
      path, looked));
}

fs::path imported(const fs::path& folder) {
  if (fs::exists(folder / file::meta)) return folder;
  const auto interactions = text_file(folder, "interactions.tsv");
  if (!interactions)
    throw base::InputError(
        fmt::format("{} holds neither an imported data set ({}) nor a raw one (interactions.tsv or "
                    "interactions.tsv.gz): name a folder that does",
                    folder.string(), file::meta));
  const auto items = text_file(folder, "items.jsonl");
  std::string key = fmt::format("{}\n{}", format_version, base::sha256_of_file(*interactions));
  if (items) key += "\n" + base::sha256_of_file(*items);
  const auto cached = cache_folder() / base::sha256(key);
  if (!fs::exists(cached)) write_columns(cached, read_raw(*interactions, items), {{"raw", folder.string()}});
  return cached;
}

fs::path reduced(const fs::path& folder, std::int64_t users) {
  const auto cached =
      cache_folder() / base::sha256(fmt::format("subset\n{}\n{}\n{}\n{}", format_version, subset_version,
                                                base::sha256_of_file(folder / file::meta), users));
  if (!fs::exists(cached))
    write_columns(cached, subset(folder, users), {{"subset", {{"of", folder.string()}, {"users", users}}}});
  return cached;
}

fs::path generated(const SyntheticSettings& settings) {
  const auto cached =
      cache_folder() /
      base::sha256(fmt::format("synthetic\n{}\n{}\n{}\n{}\n{}\n{}", format_version, synthetic_version,
                               settings.signal, settings.users, settings.items, settings.seed));
  if (!fs::exists(cached))
    write_columns(cached, synthesise(settings),
                  {{"synthetic",
                    {{"signal", settings.signal},
                     {"users", settings.users},
                     {"items", settings.items},
                     {"seed", settings.seed}}}});
  return cached;
}

fs::path cache_folder() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr && *value != '\0' ? std::optional<fs::path>(value) : std::nullopt;
  };
  if (auto cache = variable("PEBENCH_CACHE")) return *cache / "data";
  if (auto cache = variable("XDG_CACHE_HOME")) return *cache / "pebench" / "data";
  if (auto home = variable("HOME")) return *home / ".cache" / "pebench" / "data";
  throw base::InputError("there is no place for the cache: set PEBENCH_CACHE or HOME");
}

}  // namespace pebench::data
