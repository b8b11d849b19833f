#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

namespace t5 {

/// A product of powers, in as many 32-bit digits as it takes, lowest first. 1 at first.
class Product {
 public:
  Product&& times(uint32_t base, int64_t exponent) && {
    for (; exponent > 0; --exponent) multiply(base);
    return std::move(*this);
  }
  bool operator>=(const Product& other) const {
    if (digits_.size() != other.digits_.size()) return digits_.size() > other.digits_.size();
    return !std::lexicographical_compare(digits_.rbegin(), digits_.rend(), other.digits_.rbegin(),
                                         other.digits_.rend());
  }

 private:
  void multiply(uint32_t factor) {
    uint64_t carry = 0;
    for (uint32_t& digit : digits_) {
      carry += uint64_t{digit} * factor;
      digit = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0) digits_.push_back(static_cast<uint32_t>(carry));
  }

  std::vector<uint32_t> digits_{1};
};

/// The bucket of a distance r >= 0 among n >= 2 to one side, max_distance m > e = n / 2:
///   r                                                              r < e
///   min(n - 1, e + floor((n - e) log(r / e) / log(m / e)))         r >= e
/// Where r is the first distance of its bucket, the argument of floor is a whole number, which logarithms may
/// miss by their rounding. So near a whole number k it is r^(n - e) >= e^(n - e - k) m^k that decides.
inline int64_t bucket(int64_t r, int64_t n, int64_t max_distance) {
  const int64_t exact = n / 2, shared = n - exact;
  if (r < exact) return r;
  if (r >= max_distance) return n - 1;
  const double e = static_cast<double>(exact);
  const double share = static_cast<double>(shared) * std::log1p(static_cast<double>(r - exact) / e) /
                       std::log1p(static_cast<double>(max_distance - exact) / e);
  constexpr double rounding = 1e-9;  // far above that of the logarithms, for every n and m of the options
  const auto near = static_cast<int64_t>(std::llround(share));
  if (std::abs(share - static_cast<double>(near)) > rounding) return exact + static_cast<int64_t>(share);
  const int64_t root = std::gcd(shared, near);  // both sides are its powers
  const Product reached = Product().times(static_cast<uint32_t>(r), shared / root);
  const Product limit = Product()
                            .times(static_cast<uint32_t>(exact), (shared - near) / root)
                            .times(static_cast<uint32_t>(max_distance), near / root);
  return exact + (reached >= limit ? near : near - 1);
}

}  // namespace t5
