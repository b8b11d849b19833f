#pragma once

#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pebench::contract {

/// What stands under a key of a suite. A table's own keys are rows of their own, unless they are free.
enum class KeyType { integer, number, flag, text, integers, texts, table, tables };

/// Numbers from `low` to `high`.
struct Interval {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_included = false;
  bool high_included = false;

  bool contains(double value) const;
  std::string text() const;  ///< "in [0, 1)", "at least 1"
};

Interval at_least(double low);
Interval above(double low);
Interval above_or_inf(double low);  ///< infinity included
Interval between(double low, double high);
Interval inside(double low, double high);  ///< both ends left out
Interval up_to(double low, double high);   ///< the upper end left out

using Words = std::vector<std::string>;
template <class... Word>
Words words(Word... word) {
  return {word...};
}

/// Texts of a form.
struct Pattern {
  std::string expression;  ///< a regular expression of the whole text
  std::string form;        ///< for the reference
  std::string remedy;      ///< ends the error's sentence: "is unknown; write ..."
};

/// Whatever its type allows; what else is asked of it, in words for the reference, is checked by its reader.
struct Free {
  std::string text;
};

/// What a value may be; of a list, each of its elements.
using Allowed = std::variant<Free, Interval, Words, Pattern>;

/// What a suite has that lacks the key: a value, an error, or something else, in words.
struct Initial {
  std::optional<nlohmann::json> value;
  std::string example;    ///< of a key that must be there: what one could write
  std::string otherwise;  ///< for the reference, without a value
};

Initial initially(nlohmann::json value);
Initial required(std::string example, std::string when = "required");
Initial otherwise(std::string text);

/// One key of a suite. An infinite number is null in JSON, which has none.
struct Key {
  std::string section;  ///< "model", "dataset.synthetic"; empty at the top of a suite
  std::string name;     ///< "width"
  KeyType type;
  Allowed allowed;
  Initial initial;
  std::string help;  ///< a sentence

  std::string full_name() const;  ///< "model.width"
  /// Whether JSON of the key's type is among what is allowed; of a list, each of its elements.
  bool allows(const nlohmann::json& value) const;
};

}  // namespace pebench::contract
