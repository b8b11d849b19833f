#pragma once

#include <cstdint>

namespace pebench::train {

/// What one step of Adam multiplies by: `step` is the learning rate over the first moment's correction of
/// its bias, `of_second` the inverse of the second's.
struct AdamRates {
  double beta1, beta2, step, of_second, epsilon;
};

/// One step of Adam in one pass over its four arrays of `count` numbers: the tables of items do not fit a
/// cache, and a pass for each operation is most of a step's time. Rounds after every operation, without fused
/// multiplication and addition, so that the numbers are those of every processor.
template <class Real>
void adam_update(const AdamRates& rates, std::int64_t count, const Real* gradient, Real* first, Real* second,
                 Real* value);

}  // namespace pebench::train
