#pragma once

namespace pebench::backbone {

/// Which of the tensors that a hook is given is made of the candidates of a ranking, row by row; `none` where
/// the hook is not watched.
enum class Variable { none, embedding, query, weights, heads };

/// How what a hook returned depends on the candidates: what decides how much of a ranking can be computed
/// once for all of them.
struct Dependence {
  enum class Degree {
    none,    ///< not at all: one row of it serves every candidate
    affine,  ///< a linear map of the variable, plus a constant
    other,   ///< some function of what the hook was given
    unknown  ///< perhaps of what an earlier hook was given
  };
  Degree degree = Degree::unknown;
  bool of_user = true;        ///< it may differ from user to user, whatever the variable is
  bool slope_of_user = true;  ///< so may the linear map
};

}  // namespace pebench::backbone
