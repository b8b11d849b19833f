#pragma once

#include <gtest/gtest.h>

#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/base/random.h"
#include "host/controller/data/columns.h"
#include "host/controller/data/import.h"
#include "host/data/dataset.h"
#include "host/data/files.h"
#include "tests/unit/support/refusal.h"
#include "tests/unit/support/temporary_folder.h"

namespace pebench::data {

struct Event {
  Item item;
  std::int64_t time;
};

inline std::string gzip(const std::string& text) {
  std::ostringstream compressed;
  {
    boost::iostreams::filtering_ostream out;
    out.push(boost::iostreams::gzip_compressor());
    out.push(compressed);
    out << text;
  }
  return compressed.str();
}

inline std::filesystem::path write_file(const std::filesystem::path& path, const std::string& content) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << content;
  return path;
}

/// All numbers of the dense field at `index` of those in use, of 32 bits.
inline std::vector<float> numbers(const Dataset& data, std::size_t index) {
  const DenseField& field = data.dense().at(index);
  EXPECT_FALSE(field.half);
  const auto* values = reinterpret_cast<const float*>(field.values);
  return {values, values + (data.items() + 1) * field.width};
}

/// Events of users 0, 1, ... as a data set of `items` items without attributes, in `folder`.
inline Dataset dataset_of(const std::filesystem::path& folder,
                          const std::vector<std::vector<Event>>& histories, std::int64_t items) {
  Columns columns;
  columns.offsets = {0};
  for (std::size_t user = 0; user < histories.size(); ++user) {
    for (const auto& [item, time] : histories[user]) {
      columns.items.push_back(item);
      columns.times.push_back(time);
    }
    columns.offsets.push_back(static_cast<std::int64_t>(columns.items.size()));
    columns.user_ids.push_back("u" + std::to_string(user));
  }
  for (std::int64_t item = 1; item <= items; ++item) columns.item_ids.push_back("i" + std::to_string(item));
  EXPECT_TRUE(write_columns(folder, columns, {}));
  return Dataset::open(folder, {});
}

/// 1 to 30 events of each user in time order, with ties and repeated items, all drawn from `seed`.
inline std::vector<std::vector<Event>> random_histories(std::uint64_t seed, std::int64_t users,
                                                        std::int64_t items) {
  base::Stream stream(seed, "synthetic", "random histories");
  std::vector<std::vector<Event>> histories(users);
  for (auto& history : histories) {
    auto time = static_cast<std::int64_t>(stream.below(1000));
    for (auto left = 1 + stream.below(30); left > 0; --left) {
      time += static_cast<std::int64_t>(stream.below(20));
      history.push_back({static_cast<Item>(1 + stream.below(items)), time});
    }
  }
  return histories;
}

/// Raw files in a temporary folder, and what importing them gives.
class RawData : public testing::Test {
 protected:
  static inline const std::string header = "user\titem\ttimestamp\n";

  std::filesystem::path interactions(const std::string& content) {
    return write_file(folder_.path() / "raw" / "interactions.tsv", content);
  }
  std::filesystem::path items(const std::string& content) {
    return write_file(folder_.path() / "raw" / "items.jsonl", content);
  }
  std::filesystem::path out(const std::string& name = "set") const { return folder_.path() / "out" / name; }

  Dataset import(const std::string& events, const std::string& rows = {},
                 const std::vector<std::string>& fields = {}, const std::string& name = "set") {
    import_files(own_files({interactions(events), rows.empty() ? std::nullopt : std::optional(items(rows))}),
                 {}, out(name));
    return Dataset::open(out(name), fields);
  }

  TemporaryFolder folder_;
};

}  // namespace pebench::data
