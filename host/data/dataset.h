#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/base/span.h"

namespace pebench::data {

using base::Span;
using Item = std::int32_t;  ///< 1 .. items(); 0 is padding
using User = std::int32_t;  ///< 0 .. users()-1

/// One user's events in time order; ties keep the order of the file they were imported from.
struct History {
  Span<const Item> items;
  Span<const std::int64_t> times;  ///< unix seconds
  std::int64_t size() const { return items.size(); }
};

/// Multi-hot attributes in compressed rows: item v has ids[offsets[v]] .. ids[offsets[v+1]-1], each in [0,
/// width).
struct SparseAttributes {
  std::int64_t width = 0;
  std::vector<std::int64_t> offsets;  ///< [N+2]; row 0 (padding) is empty
  std::vector<std::int32_t> ids;
};

/// Dense attributes, row-major [N+1, width]; row 0 (padding) is zero.
struct DenseAttributes {
  std::int64_t width = 0;
  std::vector<float> values;
};

/// What one field of items.jsonl became.
struct Field {
  std::string name;
  bool sparse = true;
  std::int64_t width = 0;  ///< vocabulary of a sparse field, numbers per item of a dense one
};

/// An imported data set: immutable, memory-mapped, cheap to open and to share between processes.
class Dataset {
 public:
  /// Opens the folder of an imported or generated data set. `fields` names the attributes to use; throws
  /// InputError for a folder of another format or version, a damaged file, or an unknown field (naming those
  /// that exist).
  static Dataset open(const std::filesystem::path& folder, const std::vector<std::string>& fields);

  Dataset(Dataset&&) noexcept;
  Dataset& operator=(Dataset&&) noexcept;
  ~Dataset();

  /// SHA-256 of the canonical columns (users, items, times) and of the fields in use, as they were opened.
  const std::string& hash() const;

  std::int64_t users() const;
  std::int64_t items() const;  ///< N, without padding
  std::int64_t events() const;
  History history(User user) const;
  std::int64_t first_time() const;  ///< unix seconds of the earliest event
  std::int64_t last_time() const;

  std::string_view user_id(User user) const;  ///< as in the source
  std::string_view item_id(Item item) const;

  const std::vector<Field>& fields() const;  ///< all the data set has
  const SparseAttributes& sparse() const;    ///< the sparse fields in use, side by side
  const DenseAttributes& dense() const;      ///< the dense fields in use, side by side
  std::int64_t attributes() const;           ///< A = sparse().width + dense().width

 private:
  struct State;
  explicit Dataset(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace pebench::data
