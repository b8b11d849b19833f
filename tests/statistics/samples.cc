#include "tests/statistics/samples.h"

#include <cmath>

namespace pebench {
namespace {

double value(const Shape& shape, double shared, base::Stream& stream) {
  const double normal = std::sqrt(0.5) * (shared + stream.normal());
  switch (shape.kind) {
    case Shape::Kind::normal:
      return normal;
    case Shape::Kind::skewed:
      return std::exp(0.8 * normal) - 1;  // log-normal, skewness 3.7
    case Shape::Kind::heavy: {
      // Student's t of 3 degrees of freedom, with a denominator of each encoding's own.
      double squares = 0;
      for (int i = 0; i < 3; ++i) squares += std::pow(stream.normal(), 2);
      return normal / std::sqrt(squares / 3);
    }
    case Shape::Kind::rounded:
      return std::round(4 * normal) / 4;
    case Shape::Kind::tied:
      return std::round(normal);
    case Shape::Kind::collapsing:
      return stream.uniform() < shape.collapse ? chance_level : normal;
  }
  return 0;
}

}  // namespace

std::vector<Shape> all_shapes() {
  using Kind = Shape::Kind;
  return {{"normal", Kind::normal, 0},
          {"skewed", Kind::skewed, 0},
          {"heavy tails", Kind::heavy, 0},
          {"rounded", Kind::rounded, 0},
          {"tied", Kind::tied, 0},
          {"5 % collapse", Kind::collapsing, 0.05},
          {"10 % collapse", Kind::collapsing, 0.10},
          {"20 % collapse", Kind::collapsing, 0.20}};
}

Sample draw(const Shape& shape, std::size_t seeds, base::Stream& stream) {
  Sample sample;
  for (std::size_t s = 0; s < seeds; ++s) {
    const double shared = stream.normal();
    sample.first.push_back(value(shape, shared, stream));
    sample.second.push_back(value(shape, shared, stream));
  }
  return sample;
}

}  // namespace pebench
