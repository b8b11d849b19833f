#include "host/controller/claims/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include "host/base/error.h"
#include "host/base/nearest.h"

namespace pebench::claims {
namespace {

constexpr std::array<std::pair<std::string_view, Function>, 7> functions = {
    {{"mean", Function::mean},
     {"sd", Function::sd},
     {"deviation", Function::deviation},
     {"cv", Function::cv},
     {"failure_rate", Function::failure_rate},
     {"hr", Function::hr},
     {"ndcg", Function::ndcg}}};
constexpr int deepest = 100;

bool in_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' || c == '.';
}
bool in_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)); }

bool has_quantity(const Term& term) {
  if (const auto* operation = std::get_if<Operation>(&term.value))
    return std::any_of(operation->operands.begin(), operation->operands.end(), has_quantity);
  return std::holds_alternative<Quantity>(term.value);
}

// Brackets hold a sentence or a term, and only what follows tells which; so both are read by one grammar, and
// every operator checks what it is given.
struct Read {
  std::variant<Term, Sentence> value;
  std::size_t begin;  // where it starts in the text
};

class Parser {
 public:
  Parser(std::string_view text, const std::vector<std::string>& encodings)
      : text_(text), encodings_(encodings) {}

  Sentence parse() {
    Sentence sentence = sentence_of(disjunction());
    if (at_ < text_.size()) fail(at_, fmt::format("expected an operator or the end, found {}", found()));
    return sentence;
  }

 private:
  using Level = Read (Parser::*)();

  Read disjunction() { return combination("or", Combination::Kind::any, &Parser::conjunction); }
  Read conjunction() { return combination("and", Combination::Kind::all, &Parser::negation); }

  Read combination(std::string_view word, Combination::Kind kind, Level part) {
    Read first = (this->*part)();
    if (!next_is_word(word)) return first;
    const std::size_t begin = first.begin;
    Combination all{kind, {}};
    all.parts.push_back(sentence_of(std::move(first)));
    while (take_word(word)) all.parts.push_back(sentence_of((this->*part)()));
    return {Sentence{std::move(all)}, begin};
  }

  Read negation() {
    skip_blanks();
    const std::size_t begin = at_;
    if (!take_word("not")) return comparison();
    Combination opposite{Combination::Kind::negation, {}};
    const Nesting nesting(*this);
    opposite.parts.push_back(sentence_of(negation()));
    return {Sentence{std::move(opposite)}, begin};
  }

  Read comparison() {
    Read left = sum();
    const std::optional<Relation> relation = take_relation();
    if (!relation) return left;
    Comparison comparison;
    const std::size_t begin = left.begin;
    comparison.left = term_of(std::move(left));
    comparison.relation = *relation;
    comparison.right = term_of(sum());
    comparison.text = std::string(text_.substr(begin, end_ - begin));
    const std::size_t after = at_;
    if (take_relation()) fail(after, "comparisons do not chain; join two of them with `and`");
    if (!has_quantity(comparison.left) && !has_quantity(comparison.right))
      fail(begin,
           fmt::format("`{}` compares no encoding; use a function such as `sd(name)`", comparison.text));
    return {Sentence{std::move(comparison)}, begin};
  }

  Read sum() { return operation("+-", &Parser::product); }
  Read product() { return operation("*/", &Parser::factor); }

  Read operation(std::string_view signs, Level operand) {
    Read left = (this->*operand)();
    for (;;) {
      skip_blanks();
      if (at_ == text_.size() || signs.find(text_[at_]) == std::string_view::npos) return left;
      const char sign = text_[at_++];
      const std::size_t begin = left.begin;
      Operation operation{sign, {}};
      operation.operands.push_back(term_of(std::move(left)));
      operation.operands.push_back(term_of((this->*operand)()));
      left = {Term{std::move(operation)}, begin};
    }
  }

  Read factor() {
    skip_blanks();
    const std::size_t begin = at_;
    const Nesting nesting(*this);
    if (take('-')) {
      Operation negative{'*', {Term{-1.0}}};
      negative.operands.push_back(term_of(factor()));
      return {Term{std::move(negative)}, begin};
    }
    if (take('(')) {
      Read inner = disjunction();
      expect(')', "to close the bracket");
      return {std::move(inner.value), begin};
    }
    if (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) return {number(), begin};
    if (at_ < text_.size() && in_word(text_[at_])) return {quantity(), begin};
    fail(at_, fmt::format("expected a function, a number or a bracket, found {}", found()));
  }

  Term number() {
    double value = 0;
    const char* const begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), value);
    if (error != std::errc() || !std::isfinite(value)) fail(at_, "expected a finite number such as 0.05");
    advance(static_cast<std::size_t>(end - begin));
    return {value};
  }

  Term quantity() {
    const std::size_t begin = at_;
    const std::string_view word = take_while(in_word);
    const auto function = std::find_if(functions.begin(), functions.end(),
                                       [&](const auto& known) { return known.first == word; });
    if (function == functions.end()) {
      std::vector<std::string> names;
      for (const auto& known : functions) names.emplace_back(known.first);
      fail(begin, fmt::format("unknown function \"{}\"; {}", word, base::remedy(word, names)));
    }
    Quantity quantity;
    quantity.function = function->second;
    if (take('@')) quantity.k = cutoff(quantity.function, word);
    expect('(', fmt::format("and an encoding's name after {}", word));
    quantity.encoding = encoding();
    expect(')', "after the encoding's name");
    return {quantity};
  }

  std::int64_t cutoff(Function function, std::string_view word) {
    const std::size_t begin = at_;
    if (function != Function::hr && function != Function::ndcg)
      fail(begin - 1,
           fmt::format("{} has no cut-off; write {}(name), or hr@k(name) or ndcg@k(name)", word, word));
    const std::string_view digits = take_while(is_digit);
    std::int64_t k = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), k);
    if (error != std::errc() || k < 1)
      fail(begin, fmt::format("expected a cut-off of 1 or more after {}@, as in {}@5(name)", word, word));
    return k;
  }

  std::string encoding() {
    skip_blanks();
    const std::size_t begin = at_;
    std::string name;
    if (take('"')) {
      name = take_while([](char c) { return c != '"'; });
      if (at_ == text_.size()) fail(begin, "this quotation has no end; add a '\"'");
      advance(1);
    } else {
      name = take_while(in_name);
      if (name.empty()) fail(begin, fmt::format("expected an encoding's name, found {}", found()));
    }
    if (std::find(encodings_.begin(), encodings_.end(), name) == encodings_.end())
      fail(begin, fmt::format("unknown encoding \"{}\"; {}", name, base::remedy(name, encodings_)));
    return name;
  }

  std::optional<Relation> take_relation() {
    if (take('<')) return take_adjacent('=') ? Relation::less_or_equal : Relation::less;
    if (take('>')) return take_adjacent('=') ? Relation::greater_or_equal : Relation::greater;
    if (at_ < text_.size() && (text_[at_] == '=' || text_[at_] == '!'))
      fail(at_, "seeds cannot show that two numbers are equal; compare with <, <=, > or >=");
    return std::nullopt;
  }

  Sentence sentence_of(Read read) {
    if (auto* sentence = std::get_if<Sentence>(&read.value)) return std::move(*sentence);
    skip_blanks();
    fail(at_, fmt::format("expected <, <=, > or >= and what to compare with, found {}", found()));
  }

  Term term_of(Read read) {
    if (auto* term = std::get_if<Term>(&read.value)) return std::move(*term);
    fail(read.begin, "expected a number or a function, found a comparison");
  }

  void skip_blanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }

  void advance(std::size_t count) {
    at_ += count;
    end_ = at_;
  }

  bool take_adjacent(char wanted) {
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    advance(1);
    return true;
  }

  bool take(char wanted) {
    skip_blanks();
    return take_adjacent(wanted);
  }

  template <class Predicate>
  std::string_view take_while(Predicate belongs) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && belongs(text_[at_])) ++at_;
    end_ = at_;
    return text_.substr(begin, at_ - begin);
  }

  bool next_is_word(std::string_view word) {
    skip_blanks();
    const std::size_t end = at_ + word.size();
    return text_.substr(at_, word.size()) == word && (end == text_.size() || !in_name(text_[end]));
  }

  bool take_word(std::string_view word) {
    if (!next_is_word(word)) return false;
    advance(word.size());
    return true;
  }

  void expect(char wanted, const std::string& why) {
    if (!take(wanted)) fail(at_, fmt::format("expected '{}' {}, found {}", wanted, why, found()));
  }

  std::string found() const {
    if (at_ == text_.size()) return "the end";
    const std::size_t begin = at_;
    std::size_t end = at_;
    while (end < text_.size() && in_name(text_[end])) ++end;
    return fmt::format("`{}`", text_.substr(begin, std::max<std::size_t>(1, end - begin)));
  }

  [[noreturn]] void fail(std::size_t place, const std::string& message) const {
    throw base::InputError(fmt::format("column {} of \"{}\": {}", place + 1, text_, message));
  }

  // Keeps a text of thousands of brackets from exhausting the stack.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > deepest)
        parser_.fail(parser_.at_, fmt::format("more than {} levels of nesting", deepest));
    }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  std::string_view text_;
  const std::vector<std::string>& encodings_;
  std::size_t at_ = 0;
  std::size_t end_ = 0;  // behind the last thing taken, blanks not counted
  int depth_ = 0;
};

}  // namespace

Sentence parse(std::string_view text, const std::vector<std::string>& encodings) {
  return Parser(text, encodings).parse();
}

}  // namespace pebench::claims
