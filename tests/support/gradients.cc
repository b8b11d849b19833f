#include "tests/support/gradients.h"

#include <limits>

#include "host/worker/check/gradients.h"
#include "host/worker/check/inputs.h"

namespace pebench::test {

Tensor sample(at::IntArrayRef shape, std::int64_t salt) {
  return check::uniform(shape, static_cast<std::uint64_t>(salt), "sample");
}

std::string compare_gradients(const Function& function, std::vector<Tensor> inputs) {
  std::vector<Tensor> leaves;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].scalar_type() != at::kDouble) continue;
    inputs[i] = inputs[i].detach().clone().contiguous().set_requires_grad(true);
    leaves.push_back(inputs[i]);
    names.push_back("input " + std::to_string(i));
  }
  return check::compare_gradients([&] { return function(inputs); }, leaves, names,
                                  std::numeric_limits<std::int32_t>::max());
}

}  // namespace pebench::test
