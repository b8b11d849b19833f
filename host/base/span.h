#pragma once

#include <cstddef>

namespace pebench::base {

/// A view of contiguous values owned by somebody else (C++20's std::span, as far as it is needed).
template <class T>
class Span {
 public:
  Span() = default;
  Span(T* data, std::ptrdiff_t size) : data_(data), size_(size) {}

  T* data() const { return data_; }
  std::ptrdiff_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](std::ptrdiff_t i) const { return data_[i]; }
  T* begin() const { return data_; }
  T* end() const { return data_ + size_; }
  T& back() const { return data_[size_ - 1]; }
  Span first(std::ptrdiff_t count) const { return {data_, count}; }
  Span subspan(std::ptrdiff_t offset, std::ptrdiff_t count) const { return {data_ + offset, count}; }
  Span last(std::ptrdiff_t count) const { return {data_ + size_ - count, count}; }

 private:
  T* data_ = nullptr;
  std::ptrdiff_t size_ = 0;
};

}  // namespace pebench::base
