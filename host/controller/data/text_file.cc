#include "host/controller/data/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/iostreams/concepts.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <fstream>

#include "host/base/error.h"
#include "host/base/hash.h"

namespace pebench::data {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

/// What a file is that begins like this, when it is no text and no gzip.
std::string_view compression_of(std::string_view begin) {
  const std::pair<std::string_view, std::string_view> known[] = {{"PK\x03\x04", "zip"},
                                                                 {"BZh", "bzip2"},
                                                                 {"\xfd"
                                                                  "7zXZ",
                                                                  "xz"},
                                                                 {"\x28\xb5\x2f\xfd", "zstd"},
                                                                 {"\xff\xfe", "UTF-16"},
                                                                 {"\xfe\xff", "UTF-16"}};
  for (const auto& [magic, name] : known)
    if (begin.substr(0, magic.size()) == magic) return name;
  return {};
}

}  // namespace

/// The bytes of the file, counted into a hash as they pass.
class TextFile::Bytes {
 public:
  explicit Bytes(const std::filesystem::path& path) : file_(path, std::ios::binary) {
    std::error_code unknown;
    if (!file_ || std::filesystem::is_directory(path, unknown))
      throw base::InputError(
          fmt::format("cannot read {}: check that the file exists and is readable", path.string()));
    std::string begin(6, '\0');
    file_.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    begin.resize(static_cast<std::size_t>(file_.gcount()));
    hash_.add(begin);
    begin_ = begin;
  }

  std::string_view begin() const { return begin_; }

  std::streamsize read(char* buffer, std::streamsize size) {
    if (given_ < begin_.size()) {
      const std::size_t count = begin_.copy(buffer, static_cast<std::size_t>(size), given_);
      given_ += count;
      taken_ += static_cast<std::int64_t>(count);
      return static_cast<std::streamsize>(count);
    }
    file_.read(buffer, size);
    const std::streamsize count = file_.gcount();
    hash_.add(buffer, static_cast<std::size_t>(count));
    taken_ += count;
    return count == 0 ? -1 : count;
  }

  std::int64_t taken() const { return taken_; }

  std::string sha256() {
    char rest[4096];
    while (read(rest, sizeof rest) > 0) {
    }
    return hash_.hex();
  }

 private:
  std::ifstream file_;
  std::string begin_;
  std::size_t given_ = 0;
  std::int64_t taken_ = 0;
  base::Sha256 hash_;
};

namespace {

/// Devices of Boost.Iostreams are copied.
template <class Shared>
struct Device : boost::iostreams::source {
  explicit Device(Shared bytes) : bytes(std::move(bytes)) {}
  std::streamsize read(char* buffer, std::streamsize size) { return bytes->read(buffer, size); }
  Shared bytes;
};

}  // namespace

TextFile::TextFile(std::filesystem::path path)
    : path_(std::move(path)), bytes_(std::make_shared<Bytes>(path_)) {
  const std::string_view begin = bytes_->begin();
  if (const auto name = compression_of(begin); !name.empty())
    throw base::InputError(
        fmt::format("{} is a file in {}: give it as text in UTF-8, or that in gzip", path_.string(), name));
  if (begin.substr(0, 2) == "\x1f\x8b") text_.push(boost::iostreams::gzip_decompressor());
  text_.push(Device<std::shared_ptr<Bytes>>(bytes_), 1 << 16);
  text_.exceptions(std::ios::badbit);  // so that a damaged stream is not taken for its end
  std::string mark(byte_order_mark.size(), '\0');
  mark.resize(read(mark.data(), mark.size()));
  if (mark != byte_order_mark) begin_ = mark;
}

TextFile::~TextFile() = default;

std::size_t TextFile::read(char* buffer, std::size_t size) {
  const std::size_t count = begin_.copy(buffer, size);
  begin_.erase(0, count);
  if (count == size) return count;
  try {
    text_.read(buffer + count, static_cast<std::streamsize>(size - count));
  } catch (const std::exception&) {
    throw base::InputError(
        fmt::format("{}: the compressed data is damaged: fetch the file again", path_.string()));
  }
  const std::size_t all = count + static_cast<std::size_t>(text_.gcount());
  if (on_read_) {
    on_read_(bytes_->taken() - told_);
    told_ = bytes_->taken();
  }
  return all;
}

std::string_view TextFile::begin(std::size_t size) {
  if (begin_.size() < size) {
    std::string ahead(size, '\0');
    ahead.resize(read(ahead.data(), size));
    begin_ = std::move(ahead);
  }
  return std::string_view(begin_).substr(0, size);
}

std::string TextFile::sha256() { return bytes_->sha256(); }

}  // namespace pebench::data
