#include "host/contract/user_traits.h"

#include <fmt/format.h>

#include "host/base/file.h"
#include "host/base/gzip.h"
#include "host/base/hash.h"
#include "host/contract/damaged.h"
#include "host/contract/fields.h"
#include "host/contract/read_columns.h"

namespace pebench::contract {
namespace {

constexpr int schema = 1;

UserTraits parsed(const nlohmann::json&, ColumnReader& columns) {
  UserTraits traits;
  traits.users = summed(columns.next());
  traits.history = columns.next();
  traits.popularity = columns.next();
  traits.gap = columns.next();
  return traits;
}

}  // namespace

std::string bytes_of(const UserTraits& traits) {
  std::string bytes = dump({{"schema", schema}, {"users", traits.users.size()}}) + "\n";
  append(differences(traits.users), bytes);
  for (const Column* column : {&traits.history, &traits.popularity, &traits.gap}) append(*column, bytes);
  return bytes;
}

UserTraits user_traits_of(std::string_view bytes, const std::string& file) {
  return read_columns(bytes, schema, file, "no file of users' traits", parsed);
}

std::filesystem::path traits_file(const SuiteFolder& folder, const std::string& data_hash,
                                  const std::string& split) {
  return folder.users() / (base::sha256(data_hash + " " + split).substr(0, 16) + ".bin.gz");
}

void write_user_traits(const std::filesystem::path& path, const UserTraits& traits) {
  base::write_atomically(path, base::gzip(bytes_of(traits)));
}

UserTraits read_user_traits(const std::filesystem::path& path) {
  const std::string file = base::read_file(path);
  std::string content;
  try {
    content = base::gunzip(file);
  } catch (const std::runtime_error& error) {
    throw Damaged(
        fmt::format("{} is damaged ({}): restore the file, or delete it to have the run write it anew",
                    path.string(), error.what()));
  }
  return user_traits_of(content, path.string());
}

std::optional<UserTraits> read_user_traits(const SuiteFolder& folder, const Record& record) {
  static const nlohmann::json::json_pointer split("/settings/eval/split");
  const auto path =
      traits_file(folder, record.identity.value("data_hash", ""), record.identity.value(split, ""));
  if (!base::exists(path)) return std::nullopt;
  return read_user_traits(path);
}

}  // namespace pebench::contract
