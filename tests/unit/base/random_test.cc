#include "host/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "host/base/hash.h"

namespace pebench::base {
namespace {

TEST(Stream, IsAFunctionOfSeedPurposeAndName) {
  Stream a(1, "init", "table"), same(1, "init", "table");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(a(), same());
  std::set<std::uint32_t> firsts;
  for (auto stream : {Stream(1, "init", "table"), Stream(2, "init", "table"), Stream(1, "order", "table"),
                      Stream(1, "init", "other"), Stream(1, "init", "table").at(1)})
    firsts.insert(stream());
  EXPECT_EQ(firsts.size(), 5u);
}

TEST(Stream, ThePartsOfTheKeyDoNotRunTogether) {
  EXPECT_NE(Stream(1, "in", "it")(), Stream(1, "i", "nit")());
  EXPECT_NE(Stream(11, "init")(), Stream(1, "1init")());
}

TEST(Stream, BlocksAreWhatSequentialDrawingGives) {
  Stream stream = Stream(5, "order").at(3);
  for (std::uint64_t b = 0; b < 4; ++b)
    for (auto word : Stream(5, "order").block(b, 3)) EXPECT_EQ(stream(), word);
  EXPECT_EQ(stream.position(), 4u);
  Stream jumped = Stream(5, "order").at(3);
  jumped.seek(2);
  EXPECT_EQ(jumped(), Stream(5, "order").block(2, 3)[0]);
}

TEST(Stream, MomentsOfItsNumbers) {
  Stream stream(7, "init", "moments");
  const int n = 200000;
  double sum = 0, squares = 0, normal_sum = 0, normal_squares = 0;
  for (int i = 0; i < n; ++i) {
    double u = stream.uniform(), z = stream.normal();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u, squares += u * u, normal_sum += z, normal_squares += z * z;
  }
  EXPECT_NEAR(sum / n, 0.5, 5 * std::sqrt(1.0 / 12 / n));
  EXPECT_NEAR(squares / n, 1.0 / 3, 5 * std::sqrt(4.0 / 45 / n));
  EXPECT_NEAR(normal_sum / n, 0.0, 5 / std::sqrt(n));
  EXPECT_NEAR(normal_squares / n, 1.0, 5 * std::sqrt(2.0 / n));
}

TEST(Stream, BelowIsUniformAndInRange) {
  Stream stream(3, "negatives");
  std::vector<int> counts(7, 0);
  const int n = 70000;
  for (int i = 0; i < n; ++i) ++counts.at(stream.below(7));
  double chi_square = 0;
  for (int count : counts) chi_square += (count - n / 7.0) * (count - n / 7.0) / (n / 7.0);
  EXPECT_LT(chi_square, 22.46);  // 99.9 % point of chi-square with 6 degrees of freedom
  EXPECT_EQ(stream.below(1), 0u);
}

TEST(Shuffle, IsAPermutationAndReproducible) {
  std::vector<int> values(100), again;
  for (int i = 0; i < 100; ++i) values[i] = i;
  again = values;
  const auto sorted = values;
  Stream a(1, "order"), b(1, "order");
  shuffle(values, a);
  shuffle(again, b);
  EXPECT_EQ(values, again);
  EXPECT_NE(values, sorted);
  std::sort(values.begin(), values.end());
  EXPECT_EQ(values, sorted);
}

TEST(Sha256, KnownAnswers) {
  // FIPS 180-2, appendix B
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 pieces;
  pieces.add("a");
  pieces.add("bc");
  EXPECT_EQ(pieces.hex(), sha256("abc"));
}

}  // namespace
}  // namespace pebench::base
