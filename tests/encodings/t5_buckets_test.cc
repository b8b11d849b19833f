// T5's buckets at every distance, for every number of buckets below 130 and every greatest distance below
// 600, against whole numbers alone.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/multiprecision/cpp_int.hpp>
#include <numeric>
#include <vector>

#include "tests/support/plugin_instance.h"

namespace pebench::test {
namespace {

using Whole = boost::multiprecision::cpp_int;

constexpr std::int64_t most_buckets = 128, most_distance = 599;

/// base^exponent for every base up to 599 and exponent up to 128.
const Whole& power(std::int64_t base, std::int64_t exponent) {
  static std::vector<std::vector<Whole>> powers(most_distance + 1);
  auto& of_base = powers[base];
  if (of_base.empty()) of_base.push_back(1);
  while (static_cast<std::int64_t>(of_base.size()) <= exponent) of_base.push_back(of_base.back() * base);
  return of_base[exponent];
}

/// Buckets of the distances 0 .. m among n to one side, by walking up. With e = n / 2 and s = n - e,
///   bucket(r) >= e + k   <=>   s log(r / e) >= k log(m / e)   <=>   r^s >= e^(s - k) m^k
std::vector<std::int64_t> buckets(std::int64_t n, std::int64_t m) {
  const std::int64_t e = n / 2, s = n - e;
  std::vector<std::int64_t> all;
  std::int64_t k = 0;
  Whole next = power(e, s - 1) * m;  // where bucket e + k + 1 begins, to the power s
  for (std::int64_t r = 0; r <= m; ++r) {
    while (k < s - 1 && power(r, s) >= next) {
      ++k;
      next = power(e, s - k - 1) * power(m, k + 1);
    }
    all.push_back(r < e ? r : e + k);
  }
  return all;
}

class T5 {
 public:
  T5(std::int64_t num_buckets, std::int64_t max_distance)
      : instance_(std::string(PEBENCH_PLUGIN_DIR) + "/t5.so", "t5",
                  {{"num_buckets", num_buckets}, {"max_distance", max_distance}}, model_of(1, 1, 1)) {
    at::NoGradGuard no_grad;
    instance_.parameter("table").copy_(at::arange(num_buckets, at::kDouble).unsqueeze(1));
  }

  /// Buckets of keys at these distances behind the query; negative ones stand after it.
  std::vector<double> buckets(const std::vector<std::int64_t>& distances, bool causal) {
    at::NoGradGuard no_grad;
    const auto count = static_cast<std::int64_t>(distances.size());
    auto site = site_of(at::zeros({1, 1, 1, 1}, at::kDouble), at::zeros({1, 1, count, 1}, at::kDouble),
                        at::zeros({1, 1, count, 1}, at::kDouble), at::zeros({1, 1}, at::kLong),
                        -at::tensor(distances, at::kLong).unsqueeze(0));
    site.causal = causal;
    instance_.begin();
    const Tensor bias = instance_->bias(site).contiguous();
    return {bias.data_ptr<double>(), bias.data_ptr<double>() + count};
  }

 private:
  PluginInstance instance_;
};

std::vector<std::int64_t> up_to(std::int64_t last) {
  std::vector<std::int64_t> all(last + 1);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

TEST(T5Buckets, AreExactAtEveryDistance) {
  for (std::int64_t num_buckets = 4; num_buckets <= most_buckets; num_buckets += 2)
    for (std::int64_t m = num_buckets / 2 + 1; m <= most_distance; ++m) {
      T5 t5(num_buckets, m);
      for (const bool causal : {false, true}) {
        const auto expected = buckets(causal ? num_buckets : num_buckets / 2, m);
        const auto found = t5.buckets(up_to(m), causal);
        ASSERT_TRUE(std::equal(found.begin(), found.end(), expected.begin(), expected.end()))
            << num_buckets << " buckets, distances up to " << m << (causal ? ", causal" : ", full");
      }
    }
}

TEST(T5Buckets, OfKeysAfterTheQueryAreTheSecondHalf) {
  EXPECT_EQ(T5(20, 160).buckets({-9, -10, -20, -80, -1000}, false),
            (std::vector<double>{15, 16, 17, 19, 19}));
  EXPECT_EQ(T5(20, 160).buckets({-9, -1000}, true), (std::vector<double>{0, 0}));
}

TEST(T5Buckets, AreExactForTheGreatestOptions) {
  // e = s = 32768, m = 65536: bucket e + k begins at 32768 * 2^(k / 32768), 49152 at 46340.95.
  EXPECT_EQ(T5(65536, 65536).buckets({32767, 32768, 46340, 46341, 65535, 65536}, true),
            (std::vector<double>{32767, 32768, 49151, 49152, 65535, 65535}));
}

}  // namespace
}  // namespace pebench::test
