#include "host/base/text_writer.h"

#include <unistd.h>

#include <cerrno>

#include "host/base/refusal.h"

namespace pebench::base {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  refuse("write", path, {errno, std::generic_category()});
}

}  // namespace

TextWriter::TextWriter(std::filesystem::path path) : path_(std::move(path)) {
  file_ = std::fopen(path_.c_str(), "we");
  if (file_ == nullptr) fail(path_);
}

TextWriter::~TextWriter() {
  if (file_ != nullptr) std::fclose(file_);
}

void TextWriter::finish() {
  const bool written = std::fflush(file_) == 0 && std::ferror(file_) == 0 && ::fsync(::fileno(file_)) == 0;
  const int reason = errno;
  const bool closed = std::fclose(file_) == 0;
  file_ = nullptr;
  if (!written) errno = reason;
  if (!written || !closed) fail(path_);
}

}  // namespace pebench::base
