#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/controller/data/feature_collector.h"
#include "host/controller/data/rows.h"

namespace pebench::data {

/// What a column of items becomes, in the words of items.jsonl.
enum class Meaning {
  word,     ///< one category
  words,    ///< categories, separated by `separator` of the field, or a list of them, nested or not
  number,   ///< one number; what is empty or no number is missing
  price,    ///< "$1,299.00"
  numbers,  ///< a vector, separated by blanks
  flags     ///< this column and those after it: 0 or 1 for each of `names`
};

/// A field of items.
struct ItemField {
  Column column;
  std::string name;
  Meaning meaning;
  std::string separator = "|";
  std::vector<std::string> names;
  std::string nothing;  ///< a word that stands for none
};

/// A feature of events, beside user, item and time.
struct EventFeature {
  Column column;
  std::string name;
  FeatureKind kind;
};
/// One that is called `name` by whoever wrote the file: given negatives are told by their name.
EventFeature named_feature(Column column, std::string name, FeatureKind kind = FeatureKind::either);

/// What a file holds.
enum class Holds { events, items, users, order };

/// A kind of file that people have: how it is written, and what stands where.
struct Shape {
  std::string format;  ///< for messages: "MovieLens 1M"
  Holds holds = Holds::events;
  Layout layout;
  Column user, item;
  Column time;                         ///< empty: the order of lines is the order of events
  std::vector<ItemField> fields;       ///< of items
  std::vector<EventFeature> features;  ///< of events
  std::string time_unit;               ///< of Clock, where the format says it
  bool every_key = false;              ///< of items in pebench's own form, whose every key is a field
  std::string left;                    ///< what is not read of it, for people
};

/// What an exported RecBole file calls the part that an event was given as: its "split" may be anything.
constexpr const char* exported_parts = "pebench_split";

/// pebench's own form of events, whose times are unix seconds, and of items.
Shape own_events();
Shape own_items();
/// The order of names of a data set that was exported, name_order.h.
Shape own_order();

/// The shape of a file by its first bytes; nothing where none is known.
std::optional<Shape> recognise(std::string_view begin);

/// The names of all that is recognised, with how their files begin.
std::string known_shapes();

}  // namespace pebench::data
