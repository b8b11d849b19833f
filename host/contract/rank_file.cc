#include "host/contract/rank_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/base/file.h"
#include "host/base/gzip.h"
#include "host/base/hash.h"
#include "host/contract/damaged.h"
#include "host/contract/fields.h"

namespace pebench::contract {
namespace {

constexpr int schema = 1;
constexpr const char* remedy = "restore the file, or delete it and the record to have the trial run again";

using Column = std::vector<std::uint32_t>;

Column differences(const Column& users) {
  Column steps(users.size());
  for (std::size_t i = 0; i < users.size(); ++i) steps[i] = i == 0 ? users[0] : users[i] - users[i - 1] - 1;
  return steps;
}

Column summed(const Column& steps) {
  Column users(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) users[i] = i == 0 ? steps[0] : users[i - 1] + steps[i] + 1;
  return users;
}

std::uint32_t largest(const Column& column) {
  return column.empty() ? 0 : *std::max_element(column.begin(), column.end());
}

/// `from` - x of every x; its own inverse.
Column below(std::uint32_t from, Column column) {
  for (std::uint32_t& value : column) value = from - value;
  return column;
}

void append(const Column& column, std::string& bytes) {
  int width = 0;
  for (std::uint32_t left = largest(column); left > 0; left >>= 8) ++width;
  bytes += static_cast<char>(width);
  for (int plane = 0; plane < width; ++plane)
    for (const std::uint32_t value : column) bytes += static_cast<char>(value >> (8 * plane) & 0xff);
}

/// Takes columns off the front of what is left of a file.
class ColumnReader {
 public:
  ColumnReader(std::string_view bytes, std::size_t users) : bytes_(bytes), users_(users) {}

  Column next() {
    const std::size_t width = static_cast<unsigned char>(taken(1).front());
    if (width > sizeof(std::uint32_t)) throw std::runtime_error("a column is too wide");
    Column column(users_);
    for (std::size_t plane = 0; plane < width; ++plane) {
      const std::string_view values = taken(users_);
      for (std::size_t i = 0; i < users_; ++i)
        column[i] |= static_cast<std::uint32_t>(static_cast<unsigned char>(values[i])) << (8 * plane);
    }
    return column;
  }
  bool finished() const { return bytes_.empty(); }

 private:
  std::string_view taken(std::size_t size) {
    if (bytes_.size() < size) throw std::runtime_error("it is cut short");
    const std::string_view front = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return front;
  }

  std::string_view bytes_;
  std::size_t users_;
};

constexpr std::size_t most_users = 100'000'000;

nlohmann::json header_of(const Ranks& ranks) {
  auto sets = nlohmann::json::array();
  for (const RankedSet& set : ranks.sets)
    sets.push_back({{"candidates", set.candidates},
                    {"epoch", set.epoch},
                    {"measures", set.measures},
                    {"lists", set.lists},
                    {"largest_pool", largest(set.pool)}});
  return {{"schema", schema},
          {"trial", ranks.trial},
          {"ties", ranks.ties},
          {"users", ranks.users.size()},
          {"sets", sets}};
}

Ranks parsed(std::string_view bytes) {
  const std::size_t end = bytes.find('\n');
  if (end == std::string_view::npos) throw std::runtime_error("it has no header");
  const auto header = nlohmann::json::parse(bytes.substr(0, end));
  if (header.at("schema") != schema)
    throw base::InputError(
        fmt::format("schema {} of ranks is another version's; read them with the version that wrote them",
                    header.at("schema").dump()));
  const auto users = header.at("users").get<std::size_t>();
  // Columns of zeros have no bytes: a model that ranks every target first leaves a file much shorter than its
  // users.
  if (users > most_users) throw std::runtime_error("it has more users than a data set can have");
  ColumnReader columns(bytes.substr(end + 1), users);
  Ranks ranks{header.at("trial"), header.at("ties"), summed(columns.next()), {}};
  for (const auto& described : header.at("sets")) {
    RankedSet set{described.at("candidates"), described.at("epoch"), described.at("measures"), {}, {}, {},
                  described.at("lists")};
    set.better = columns.next();
    set.tied = columns.next();
    set.pool = below(described.at("largest_pool"), columns.next());
    ranks.sets.push_back(std::move(set));
  }
  if (!columns.finished()) throw std::runtime_error("it goes on behind its end");
  return ranks;
}

/// The content of a record's rank file; empty where the record has none.
std::string content_of(const std::filesystem::path& path, const Record& record) {
  if (!record.result.ranks) return {};
  if (!base::exists(path))
    throw Damaged(
        fmt::format("{} is missing, to which {} beside it belongs: {}", path.string(), record_file, remedy));
  std::string content;
  try {
    content = base::gunzip(base::read_file(path));
  } catch (const base::InputError&) {
    throw;
  } catch (const std::runtime_error& error) {
    throw Damaged(fmt::format("{} is damaged ({}): {}", path.string(), error.what(), remedy));
  }
  if (base::sha256(content) != record.result.ranks->digest)
    throw Damaged(fmt::format("{} is damaged, it does not fit the digest in {} beside it: {}", path.string(),
                              record_file, remedy));
  return content;
}

}  // namespace

const RankedSet& Ranks::of(const Metric& metric) const {
  const RankedSet* only = nullptr;
  int found = 0;
  if (metric.sample == "test")
    for (const RankedSet& set : sets) {
      if (set.candidates != metric.candidates) continue;
      const auto& measures = set.measures;
      if (std::find(measures.begin(), measures.end(), metric.measure_name()) != measures.end()) return set;
      only = &set;
      ++found;
    }
  if (found == 1) return *only;
  throw base::InputError(fmt::format("the ranks of trial {:.12} do not tell {}: name a metric of the record",
                                     trial, metric.name()));
}

std::string bytes_of(const Ranks& ranks) {
  std::string bytes = dump(header_of(ranks)) + "\n";
  append(differences(ranks.users), bytes);
  for (const RankedSet& set : ranks.sets) {
    append(set.better, bytes);
    append(set.tied, bytes);
    append(below(largest(set.pool), set.pool), bytes);
  }
  return bytes;
}

Ranks ranks_of(std::string_view bytes, const std::string& file) {
  try {
    return parsed(bytes);
  } catch (const base::InputError& error) {
    throw base::InputError(fmt::format("{}: {}", file, error.what()));
  } catch (const std::exception& error) {  // nlohmann's among them
    throw Damaged(fmt::format("{} is no rank file ({}): {}", file, error.what(), remedy));
  }
}

std::string digest_of(const Ranks& ranks) { return base::sha256(bytes_of(ranks)); }

KeptRanks kept(const Ranks& ranks, std::map<std::string, std::int64_t> users) {
  KeptRanks kept{digest_of(ranks), std::move(users), {}};
  for (const RankedSet& set : ranks.sets) {
    const bool one = std::all_of(ranks.sets.begin(), ranks.sets.end(), [&](const RankedSet& other) {
      return other.candidates != set.candidates || other.lists == set.lists;
    });
    if (one) kept.lists[set.candidates] = set.lists;
  }
  return kept;
}

void write_ranks(const std::filesystem::path& path, const Ranks& ranks) {
  base::write_atomically(path, base::gzip(bytes_of(ranks)));
}

std::optional<Ranks> read_ranks(const std::filesystem::path& trial_folder, const Record& record) {
  if (!record.result.ranks) return std::nullopt;
  const auto path = trial_folder / ranks_file;
  return ranks_of(content_of(path, record), path.string());
}

void check_ranks(const std::filesystem::path& trial_folder, const Record& record) {
  content_of(trial_folder / ranks_file, record);
}

Record read_whole_record(const SuiteFolder& suite, const std::string& id) {
  const auto path = suite.record(id);
  Record record = read_record(path);
  if (record.id != id)
    throw Damaged(fmt::format(
        "{} is the record of another trial, {}: restore the file, or delete it to have the trial run again",
        path.string(), record.id));
  check_ranks(suite.trial(id), record);
  return record;
}

}  // namespace pebench::contract
