#include "host/controller/data/lines.h"

#include <fmt/format.h>

#include <boost/iostreams/filter/gzip.hpp>

#include "host/base/error.h"

namespace pebench::data {

Lines::Lines(std::filesystem::path path) : path_(std::move(path)), file_(path_, std::ios::binary) {
  std::error_code unknown;
  if (!file_ || std::filesystem::is_directory(path_, unknown))
    throw base::InputError(
        fmt::format("cannot read {}: check that the file exists and is readable", path_.string()));
  const int first = file_.get(), second = file_.get();
  file_.clear();
  file_.seekg(0);
  if (first == 0x1f && second == 0x8b) in_.push(boost::iostreams::gzip_decompressor());
  in_.push(file_);
  in_.exceptions(std::ios::badbit);  // so that a damaged stream is not taken for its end
}

bool Lines::next(std::string& line) {
  try {
    ++number_;
    if (!std::getline(in_, line)) return false;
  } catch (const std::exception&) {
    throw base::InputError(fmt::format("{}: the compressed data is damaged: fetch the file again", place()));
  }
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

std::string Lines::place() const { return fmt::format("{}:{}", path_.string(), number_); }

}  // namespace pebench::data
