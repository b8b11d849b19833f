#include "host/contract/check_catalogue.h"

namespace pebench::check {

std::vector<Row> numbers_rows() {
  using namespace std::chrono_literals;
  return {
      {"numbers.shape", "Every hook returns the shape that the header asks for", 60s},
      {"numbers.dtype", "Every hook returns the model's number type, float32 and float64", 60s},
      {"numbers.sizes", "One row, slot or candidate, a full window and rows of padding alone work", 60s},
      {"numbers.finite", "Zeros, 1e4, both ends of the positions and ten years give finite results", 60s},
      {"numbers.gradient_x", "Gradients of embeddings and merged heads agree with central differences", 120s},
      {"numbers.gradient_qkv", "Gradients of queries, keys and values agree with central differences", 120s},
      {"numbers.gradient_scores", "Gradients of logits and weights agree with central differences", 120s},
      {"numbers.gradient_hidden", "Gradients of hidden states agree with central differences", 120s},
      {"numbers.gradient_parameters", "Gradients of parameters agree with central differences", 120s},
      {"numbers.trainable", "Every trainable parameter gets a gradient somewhere in a pass", 60s},
      {"numbers.custom", "Custom operations write all of their results, and nothing else", 60s},
      {"numbers.float32", "float32 follows float64 within 1e-4, also after ten years", 60s},
      {"numbers.seconds", "Events seconds apart are told apart in float32 after 1.7e9 seconds", 60s},
      {"numbers.cuda", "A CUDA device gives the numbers of the CPU", 120s},
  };
}

}  // namespace pebench::check
