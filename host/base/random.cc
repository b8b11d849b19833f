#include "host/base/random.h"

#include <Random123/philox.h>
#include <fmt/format.h>

#include <cmath>
#include <string>

#include "host/base/hash.h"

namespace pebench::base {

Stream::Stream(std::uint64_t seed, std::string_view purpose, std::string_view name) {
  std::string digest = sha256(fmt::format("{}\n{}\n{}", seed, purpose, name));
  for (int i = 0; i < 2; ++i)
    key_[i] = static_cast<std::uint32_t>(std::stoul(digest.substr(8 * i, 8), nullptr, 16));
}

Stream::Block Stream::block(std::uint64_t low, std::uint64_t high) const {
  r123::Philox4x32 generator;
  r123::Philox4x32::ctr_type counter = {
      {static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(low >> 32),
       static_cast<std::uint32_t>(high), static_cast<std::uint32_t>(high >> 32)}};
  r123::Philox4x32::key_type key = {{key_[0], key_[1]}};
  auto words = generator(counter, key);
  return {words[0], words[1], words[2], words[3]};
}

Stream Stream::at(std::uint64_t index) const {
  Stream other = *this;
  other.high_ = index;
  other.seek(0);
  return other;
}

std::uint32_t Stream::operator()() {
  if (used_ == 4) {
    current_ = block(next_block_++, high_);
    used_ = 0;
  }
  return current_[used_++];
}

double Stream::uniform() {
  std::uint64_t high = (*this)(), low = (*this)();
  return static_cast<double>(((high << 32) | low) >> 11) * 0x1.0p-53;
}

std::uint64_t Stream::below(std::uint64_t bound) {
  // Lemire (2019), with 64-bit words so that every bound is served.
  for (;;) {
    std::uint64_t high = (*this)(), low = (*this)();
    unsigned __int128 product = static_cast<unsigned __int128>((high << 32) | low) * bound;
    auto remainder = static_cast<std::uint64_t>(product);
    if (remainder >= bound || remainder >= (0 - bound) % bound)
      return static_cast<std::uint64_t>(product >> 64);
  }
}

double Stream::normal() {
  double radius = std::sqrt(-2.0 * std::log1p(-uniform()));
  return radius * std::cos(6.283185307179586476925286766559 * uniform());
}

void Stream::seek(std::uint64_t position) {
  next_block_ = position;
  used_ = 4;
}

}  // namespace pebench::base
