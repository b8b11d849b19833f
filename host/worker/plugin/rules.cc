#include "host/worker/plugin/rules.h"

#include <algorithm>

namespace pebench::plugin {
namespace {

using Degree = Dependence::Degree;

constexpr Dependence constant{Degree::none, false, false};

/// The greatest of everything.
Dependence joined(const Dependences& operands) {
  Dependence all = constant;
  for (const auto& operand : operands) {
    all.degree = std::max(all.degree, operand.degree);
    all.of_user = all.of_user || operand.of_user;
    all.slope_of_user = all.slope_of_user || operand.slope_of_user;
  }
  return all;
}

bool varies(const Dependence& dependence) { return dependence.degree != Degree::none; }

}  // namespace

Dependence any_function(const Dependences& operands) {
  Dependence result = joined(operands);
  if (result.degree == Degree::affine) result.degree = Degree::other;
  return result;
}

Dependence anything(const Dependences&) { return {}; }

Dependence linear(const Dependences& operands) { return joined(operands); }

Dependence multilinear(const Dependences& operands) {
  if (std::count_if(operands.begin(), operands.end(), varies) > 1) return any_function(operands);
  Dependence result = joined(operands);
  // A factor that differs between users makes a slope that does.
  for (const auto& operand : operands)
    if (!varies(operand) && varies(result)) result.slope_of_user = result.slope_of_user || operand.of_user;
  return result;
}

Dependence quotient(const Dependences& operands) {
  const bool by_number = operands.size() == 1;
  return !by_number && varies(operands[1]) ? any_function(operands) : multilinear(operands);
}

Dependence choice(const Dependences& operands) {
  if (varies(operands.at(0))) return any_function(operands);
  Dependence result = joined(operands);
  if (varies(result)) result.slope_of_user = result.slope_of_user || operands[0].of_user;
  return result;
}

Dependence lookup(const Dependences& operands) { return quotient(operands); }

}  // namespace pebench::plugin
