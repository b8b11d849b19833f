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

/// What one field of items.jsonl became, or one feature of events.
struct Field {
  std::string name;
  bool sparse = true;
  std::int64_t width = 0;  ///< vocabulary of a sparse field, numbers per item of a dense one
  bool half = false;       ///< of a dense field: IEEE 754's 16 bits a number, not 32
};

/// Of an item's numbers in a dense field.
std::size_t row_bytes(std::int64_t width, bool half);

/// One dense field of all items as it lies in its file, row-major [N+1, width]; row 0 (padding) is zero.
struct DenseField {
  std::int64_t width = 0;
  bool half = false;             ///< binary16 in place of float
  const char* values = nullptr;  ///< mapped as long as the data set lives
};

/// A feature of all events, such as a rating: a category, or a number.
struct EventField {
  std::string name;
  bool sparse = true;
  std::int64_t width = 1;           ///< categories; 1 for a number
  Span<const std::int32_t> ids;     ///< [events], sparse: in [0, width), or -1 where it is not known
  Span<const float> values;         ///< [events], else: NaN where it is not known
  float least = 0.0f, most = 0.0f;  ///< of the numbers
};

/// Of [[dataset]] context: the six features of the date.
constexpr const char* date_context = "date";

/// Which part of a split an event was given as, where a data set came in such parts.
enum class Part : std::int8_t { train, validation, test };
/// The feature of events that says it, and its words.
constexpr const char* part_feature = "split";
constexpr const char* part_words[] = {"train", "valid", "test"};

/// The feature of events that lists, as JSON, the items that an event's own competes with: "given" negatives.
constexpr const char* negatives_feature = "negatives";

/// An imported data set: immutable, memory-mapped, cheap to open and to share between processes.
class Dataset {
 public:
  /// Opens the folder of an imported or generated data set. `fields` names the attributes to use, `context`
  /// what of an event a model sees: "date", features of events; throws InputError for a folder of another
  /// format or version, a damaged file, or an unknown field (naming those that exist).
  static Dataset open(const std::filesystem::path& folder, const std::vector<std::string>& fields,
                      const std::vector<std::string>& context = {date_context});

  Dataset(Dataset&&) noexcept;
  Dataset& operator=(Dataset&&) noexcept;
  ~Dataset();

  /// SHA-256 of the canonical columns (users, items, times) and of the fields and the context in use, as they
  /// were opened.
  const std::string& hash() const;

  std::int64_t users() const;
  std::int64_t items() const;  ///< N, without padding
  std::int64_t events() const;
  History history(User user) const;
  std::int64_t first_event(User user) const;  ///< index of the user's first among all events
  std::int64_t first_time() const;            ///< unix seconds of the earliest event
  std::int64_t last_time() const;

  std::string_view user_id(User user) const;  ///< as in the source
  std::string_view item_id(Item item) const;

  const std::vector<Field>& fields() const;      ///< all the data set has
  const SparseAttributes& sparse() const;        ///< the sparse fields in use, side by side
  const std::vector<DenseField>& dense() const;  ///< the dense fields in use, in the order asked
  std::int64_t attributes() const;               ///< A, the widths of the fields in use together

  const std::vector<Field>& event_fields() const;   ///< features of events, all the data set has
  const std::vector<EventField>& features() const;  ///< those in use
  const std::vector<Part>& parts() const;           ///< [events]; empty where the data came in no parts
  bool has_date_context() const;                    ///< whether "date" is in use
  bool has_negatives() const;                       ///< whether it came with given negatives
  /// A JSON list of item ids, the event's own perhaps among them; empty where the event, an index among all,
  /// was given none. has_negatives() must be true.
  std::string_view negatives_text(std::int64_t event) const;

 private:
  struct State;
  explicit Dataset(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace pebench::data
