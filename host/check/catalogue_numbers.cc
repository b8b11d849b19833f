#include "host/check/catalogue.h"

namespace pebench::check {

std::vector<Row> numbers_rows() {
  using namespace std::chrono_literals;
  return {
      {"numbers.shape",
       "Every hook returns the shape that the header asks for, whatever the sizes of the model", 60s},
      {"numbers.dtype", "Every hook returns the model's number type, float32 and float64", 60s},
      {"numbers.sizes",
       "One row, one slot, a full window, one candidate and rows of padding alone give finite numbers", 60s},
      {"numbers.finite",
       "Zeros, numbers of 1e4, both ends of the positions and ten years give finite numbers and gradients",
       60s},
      {"numbers.gradient_x",
       "Gradients of embeddings and merged heads agree with central differences in float64", 120s},
      {"numbers.gradient_qkv",
       "Gradients of queries, keys and values agree with central differences in float64", 120s},
      {"numbers.gradient_scores", "Gradients of logits and weights agree with central differences in float64",
       120s},
      {"numbers.gradient_parameters", "Gradients of parameters agree with central differences in float64",
       120s},
      {"numbers.trainable", "Every trainable parameter gets a gradient somewhere in a forward pass", 60s},
      {"numbers.custom", "Custom operations write all of their outputs and gradients, and nothing else", 60s},
      {"numbers.float32", "float32 follows float64 within 1e-4 of the greatest number, also after ten years",
       60s},
      {"numbers.cuda", "A CUDA device gives the numbers of the CPU", 120s},
  };
}

}  // namespace pebench::check
