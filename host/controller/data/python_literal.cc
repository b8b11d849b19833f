#include "host/controller/data/python_literal.h"

#include <cstdlib>
#include <string>

namespace pebench::data {
namespace {

struct NotALiteral {};

void append_utf8(std::string& text, unsigned long code) {
  const auto put = [&](unsigned long byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xc0 | (code >> 6));
  } else if (code < 0x10000) {
    put(0xe0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3f));
  } else {
    put(0xf0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3f));
    put(0x80 | ((code >> 6) & 0x3f));
  }
  put(0x80 | (code & 0x3f));
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  nlohmann::json whole() {
    nlohmann::json parsed = value(0);
    blanks();
    if (at_ != text_.size()) throw NotALiteral();
    return parsed;
  }

 private:
  static constexpr int deepest = 64;

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void blanks() {
    while (peek() == ' ' || peek() == '\t') ++at_;
  }
  bool takes(char expected) {
    blanks();
    if (peek() != expected) return false;
    ++at_;
    return true;
  }
  bool takes(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }

  nlohmann::json value(int depth) {
    if (depth > deepest) throw NotALiteral();
    blanks();
    switch (peek()) {
      case '{':
        return dictionary(depth);
      case '[':
        ++at_;
        return elements(']', depth);
      case '(':
        ++at_;
        return elements(')', depth);
      case '\'':
      case '"':
        return text();
      case 'u':
      case 'b':
        ++at_;
        return text();
      default:
        break;
    }
    if (takes("None")) return nullptr;
    if (takes("True")) return true;
    if (takes("False")) return false;
    return number();
  }

  nlohmann::json dictionary(int depth) {
    ++at_;
    nlohmann::json made = nlohmann::json::object();
    if (takes('}')) return made;
    do {
      blanks();
      if (peek() == '}') break;  // behind a comma
      const nlohmann::json key = value(depth + 1);
      if (!takes(':')) throw NotALiteral();
      made[key.is_string() ? key.get<std::string>() : key.dump()] = value(depth + 1);
    } while (takes(','));
    if (!takes('}')) throw NotALiteral();
    return made;
  }

  nlohmann::json elements(char end, int depth) {
    nlohmann::json made = nlohmann::json::array();
    if (takes(end)) return made;
    do {
      blanks();
      if (peek() == end) break;
      made.push_back(value(depth + 1));
    } while (takes(','));
    if (!takes(end)) throw NotALiteral();
    return made;
  }

  std::string text() {
    const char quote = peek();
    if (quote != '\'' && quote != '"') throw NotALiteral();
    ++at_;
    std::string made;
    while (peek() != quote) {
      if (at_ >= text_.size()) throw NotALiteral();
      const char c = text_[at_++];
      if (c == '\\')
        escape(made);
      else
        made += c;
    }
    ++at_;
    return made;
  }

  void escape(std::string& made) {
    const char c = peek();
    ++at_;
    switch (c) {
      case 'n':
        made += '\n';
        return;
      case 't':
        made += '\t';
        return;
      case 'r':
        made += '\r';
        return;
      case 'x':
        return append_utf8(made, digits(2));
      case 'u':
        return append_utf8(made, digits(4));
      case 'U':
        return append_utf8(made, digits(8));
      case '\\':
      case '\'':
      case '"':
        made += c;
        return;
      default:
        throw NotALiteral();
    }
  }

  unsigned long digits(std::size_t count) {
    const std::string hexadecimal(text_.substr(at_, count));
    char* end = nullptr;
    const unsigned long code = std::strtoul(hexadecimal.c_str(), &end, 16);
    if (hexadecimal.size() != count || *end != '\0' || code > 0x10ffff) throw NotALiteral();
    at_ += count;
    return code;
  }

  nlohmann::json number() {
    const std::size_t from = at_;
    while (at_ < text_.size() &&
           std::string_view("+-.0123456789eE").find(text_[at_]) != std::string_view::npos)
      ++at_;
    const std::string_view written = text_.substr(from, at_ - from);
    if (peek() == 'L') ++at_;  // of Python 2
    nlohmann::json parsed = nlohmann::json::parse(written, nullptr, /*allow_exceptions=*/false);
    if (!parsed.is_number()) throw NotALiteral();
    return parsed;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::optional<nlohmann::json> python_literal(std::string_view text) {
  try {
    return Parser(text).whole();
  } catch (const NotALiteral&) {
    return std::nullopt;
  }
}

}  // namespace pebench::data
