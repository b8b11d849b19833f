#include "host/controller/data/catalogue.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <sstream>

#include "host/base/error.h"
#include "host/base/file.h"
#include "host/base/hash.h"
#include "host/base/nearest.h"
#include "host/base/user_folders.h"
#include "host/controller/data/raw_folder.h"
#include "host/controller/data/read_files.h"
#include "host/controller/data/subset.h"
#include "host/data/files.h"

namespace pebench::data {
namespace {

namespace fs = std::filesystem;

/// Raised when synthesise() gives other events for the same settings.
constexpr int synthetic_version = 1;

/// The data sets directly in a folder. What cannot be read is left out.
std::vector<Entry> data_sets_in(const fs::path& folder) {
  std::vector<Entry> found;
  std::error_code unreadable;
  for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
    try {
      const bool is_imported = base::exists(entry.path() / file::meta);
      if (is_imported || raw_folder(entry.path()))
        found.push_back({entry.path().filename().string(), entry.path(), is_imported});
    } catch (const base::InputError&) {
    }
  }
  return found;
}

/// Where `path` may lie, in the order of preference.
std::vector<fs::path> places_of(const fs::path& path, const fs::path& suite_folder) {
  if (path.is_absolute()) return {path};
  std::vector<fs::path> places = {base::absolute(suite_folder / path).lexically_normal()};
  for (const auto& folder : data_folders()) places.push_back((folder / path).lexically_normal());
  return places;
}

/// A place where no data set is, with the reason if it is not the usual one.
std::string described(const fs::path& place) {
  std::error_code error;
  const bool is_there = fs::exists(place, error);
  if (error) return fmt::format("{} ({})", place.string(), error.message());
  return is_there ? fmt::format("{} (a file, no folder)", place.string()) : place.string();
}

[[noreturn]] void refuse_missing(const std::string& path, const std::vector<fs::path>& places) {
  std::vector<std::string> looked, names;
  for (const auto& place : places) {
    looked.push_back(described(place));
    for (const Entry& entry : data_sets_in(place.parent_path()))
      names.push_back((fs::path(path).parent_path() / entry.name).string());
  }
  const std::string* meant = base::nearest(path, names);
  throw base::InputError(fmt::format(
      "there is no data set '{}' (looked for {}); {}name the folder that holds it in PEBENCH_DATA, "
      "or make it with `pebench data import`",
      path, fmt::join(looked, ", "), meant ? fmt::format("did you mean \"{}\"? If not, ", *meant) : ""));
}

/// The folder of the cache under `key`, filled with what `make` gives unless it is there.
template <class Make>
fs::path cached(const std::string& key, const nlohmann::json& source, Make make) {
  const auto root = base::cache_folder();
  if (!root) throw base::InputError("there is no place for the cache: set PEBENCH_CACHE or HOME");
  const auto in_cache = [](auto act) {
    try {
      return act();
    } catch (const base::InputError& error) {
      throw base::InputError(
          fmt::format("{}; PEBENCH_CACHE names another place for the cache", error.what()));
    }
  };
  const auto folder = base::absolute(*root) / "data" / base::sha256(key);
  if (in_cache([&] { return base::exists(folder); })) return folder;
  const Columns columns = make();
  in_cache([&] { return write_columns(folder, columns, source); });
  return folder;
}

}  // namespace

std::vector<fs::path> data_folders() {
  std::vector<fs::path> folders;
  if (const char* listed = std::getenv("PEBENCH_DATA")) {
    std::istringstream in(listed);
    for (std::string folder; std::getline(in, folder, ':');)
      if (!folder.empty()) folders.push_back(base::absolute(folder));
  }
  if (const auto own = base::user_data_folder()) folders.push_back(base::absolute(*own));
  return folders;
}

std::optional<fs::path> find(const std::string& path, const fs::path& suite_folder) {
  std::error_code error;
  for (const auto& place : places_of(path, suite_folder))
    if (fs::is_directory(place, error)) return fs::weakly_canonical(place);
  return std::nullopt;
}

fs::path resolve(const std::string& path, const fs::path& suite_folder) {
  if (const auto found = find(path, suite_folder)) return *found;
  refuse_missing(path, places_of(path, suite_folder));
}

std::vector<Entry> all_data_sets() {
  std::map<std::string, Entry> by_name;
  for (const auto& folder : data_folders())
    for (const Entry& entry : data_sets_in(folder)) by_name.try_emplace(entry.name, entry);
  std::vector<Entry> all;
  for (const auto& [name, entry] : by_name) all.push_back(entry);
  return all;
}

fs::path imported(const fs::path& folder) {
  if (base::exists(folder / file::meta)) return folder;
  const auto source = raw_folder(folder);
  if (!source)
    throw base::InputError(
        fmt::format("{} holds neither an imported data set ({}) nor a raw one ({}): name a folder that does",
                    folder.string(), file::meta, raw_files));
  std::string key = fmt::format("{}\n{}", format_version, base::sha256_of_file(source->interactions));
  if (source->items) key += "\n" + base::sha256_of_file(*source->items);
  return cached(key, {{"raw", folder.string()}}, [&] { return read_files(own_files(*source), {}).columns; });
}

fs::path reduced(const fs::path& folder, std::int64_t users) {
  const auto key = fmt::format("subset\n{}\n{}\n{}\n{}", format_version, subset_version,
                               base::sha256_of_file(folder / file::meta), users);
  return cached(key, {{"subset", {{"of", folder.string()}, {"users", users}}}},
                [&] { return subset(folder, users); });
}

fs::path generated(const SyntheticSettings& settings) {
  auto key = fmt::format("synthetic\n{}\n{}\n{}\n{}\n{}\n{}", format_version, synthetic_version,
                         settings.signal, settings.users, settings.items, settings.seed);
  auto chosen = settings.source().at("synthetic");
  for (const char* always : {"signal", "users", "items", "seed"}) chosen.erase(always);
  if (!chosen.empty()) key += "\n" + chosen.dump();
  return cached(key, settings.source(), [&] { return synthesise(settings); });
}

fs::path generated(const LookAlikeSettings& settings) {
  const auto key =
      fmt::format("look alike\n{}\n{}\n{}", format_version, look_alike_version, settings.source().dump());
  return cached(key, settings.source(), [&] { return look_alike(settings); });
}

}  // namespace pebench::data
