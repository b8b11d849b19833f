#pragma once

#include <vector>

#include "host/worker/backbone/dependence.h"

namespace pebench::plugin {

using backbone::Dependence;
using Dependences = std::vector<Dependence>;

/// How the result of an operation depends on candidates when its operands depend on them so.
using Rule = Dependence (*)(const Dependences&);

/// Anything else than the others: any function of the operands.
Dependence any_function(const Dependences& operands);
/// What is another number at every call.
Dependence anything(const Dependences& operands);
/// Sums, differences, and what moves numbers about: linear in all operands together.
Dependence linear(const Dependences& operands);
/// Linear in each operand while the others stay.
Dependence multilinear(const Dependences& operands);
/// The first operand divided by the second, or by a number.
Dependence quotient(const Dependences& operands);
/// One of the operands behind the first, which chooses.
Dependence choice(const Dependences& operands);
/// The first operand at the places that the second tells.
Dependence lookup(const Dependences& operands);

}  // namespace pebench::plugin
