#pragma once

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "pebench/pebench.h"

#pragma GCC visibility push(hidden)
namespace peb {

/// The options of an encoder, in a static member:
///   static constexpr auto options = peb::options(peb::real("init_std", 0.02, 0.0, 10.0, "deviation"));
template <class... Option>
constexpr std::array<peb_option, sizeof...(Option)> options(Option... option) {
  return {option...};
}

/// A whole number within [min, max].
constexpr peb_option integer(const char* key, int64_t initial, int64_t min, int64_t max, const char* help) {
  const double low = static_cast<double>(min), high = static_cast<double>(max);
  return {key, help, nullptr, nullptr, static_cast<double>(initial), low, high, PEB_OPT_INT, 0};
}

/// A real number within [min, max].
constexpr peb_option real(const char* key, double initial, double min, double max, const char* help) {
  return {key, help, nullptr, nullptr, initial, min, max, PEB_OPT_REAL, 0};
}

constexpr peb_option boolean(const char* key, bool initial, const char* help) {
  return {key, help, nullptr, nullptr, initial ? 1.0 : 0.0, 0.0, 1.0, PEB_OPT_BOOL, 0};
}

/// One of words, "rotate|additive"; the first is the default.
constexpr peb_option choice(const char* key, const char* words, const char* help) {
  double last = 0.0;
  for (const char* c = words; *c != '\0'; ++c) last += *c == '|' ? 1.0 : 0.0;
  return {key, help, words, nullptr, 0.0, 0.0, last, PEB_OPT_ENUM, 0};
}

constexpr peb_option text(const char* key, const char* initial, const char* help) {
  return {key, help, nullptr, initial, 0.0, 0.0, 0.0, PEB_OPT_STRING, 0};
}

/// A path that the host resolves against the suite; the content of the file becomes part of a trial's
/// identity.
constexpr peb_option file(const char* key, const char* initial, const char* help) {
  return {key, help, nullptr, initial, 0.0, 0.0, 0.0, PEB_OPT_FILE, 0};
}

/// What a suite set for one option. Valid in the encoder's constructor.
class Value {
 public:
  Value(const peb_option& option, const peb_value& value) : option_(option), value_(value) {}

  /// The number of an integer, real or boolean option, in the type asked for.
  template <class Number, class = std::enable_if_t<std::is_arithmetic_v<Number>>>
  operator Number() const {
    if (option_.kind != PEB_OPT_INT && option_.kind != PEB_OPT_REAL && option_.kind != PEB_OPT_BOOL) {
      throw std::logic_error("option '" + std::string(option_.key) + "' is no number");
    }
    if constexpr (std::is_same_v<Number, bool>) {
      return value_.num != 0.0;
    } else {
      return static_cast<Number>(value_.num);
    }
  }

  /// The chosen word of a choice().
  std::string word() const { return string(PEB_OPT_ENUM, PEB_OPT_ENUM); }
  /// The text of text(), the path of file().
  std::string text() const { return string(PEB_OPT_STRING, PEB_OPT_FILE); }

 private:
  std::string string(uint32_t kind, uint32_t other) const {
    if ((option_.kind != kind && option_.kind != other) || value_.str == nullptr) {
      throw std::logic_error("option '" + std::string(option_.key) + "' has no such text");
    }
    return value_.str;
  }

  const peb_option& option_;
  const peb_value& value_;
};

/// The values of an encoder's options by key. Valid in the encoder's constructor.
class Values {
 public:
  Values(const peb_option* options, const peb_value* values, size_t count)
      : options_(options), values_(values), count_(count) {}

  /// Throws std::logic_error for a key that the encoder does not declare.
  Value operator[](std::string_view key) const {
    for (size_t i = 0; i < count_; ++i) {
      if (key == options_[i].key) return {options_[i], values_[i]};
    }
    throw std::logic_error("option '" + std::string(key) + "' is not declared");
  }

 private:
  const peb_option* options_;
  const peb_value* values_;
  size_t count_;
};

}  // namespace peb

#pragma GCC visibility pop
