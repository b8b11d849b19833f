#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace pebench::claims {

/// `deviation` is mean |x - median|.
enum class Function { mean, sd, deviation, cv, failure_rate, hr, ndcg };

/// A number that the seeds of one encoding give, as in `sd(abs)` or `ndcg@5(abs)`.
struct Quantity {
  Function function = Function::mean;
  std::int64_t k = 10;  ///< cut-off of hr and ndcg; 10 for the others, which have none
  std::string encoding;

  bool operator<(const Quantity& other) const {
    return std::tie(function, k, encoding) < std::tie(other.function, other.k, other.encoding);
  }
};

struct Term;

/// `left sign right`, sign being one of + - * /.
struct Operation {
  char sign = '+';
  std::vector<Term> operands;  ///< two
};

struct Term {
  std::variant<double, Quantity, Operation> value;
};

enum class Relation { less, less_or_equal, greater, greater_or_equal };

struct Comparison {
  std::string text;  ///< as written
  Term left;
  Relation relation = Relation::less;
  Term right;
};

struct Sentence;

/// All of the parts (and), any of them (or), or not the only part.
struct Combination {
  enum class Kind { all, any, negation };
  Kind kind = Kind::all;
  std::vector<Sentence> parts;
};

/// What a claim says of the encodings' trials on one data set.
struct Sentence {
  std::variant<Comparison, Combination> value;
};

}  // namespace pebench::claims
