#include "host/base/gzip.h"

#include <boost/iostreams/copy.hpp>
#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_streambuf.hpp>
#include <stdexcept>

namespace pebench::base {
namespace io = boost::iostreams;
namespace {

constexpr std::streamsize buffer = 1 << 16;

template <class Filter>
std::string through(const Filter& filter, std::string_view bytes) {
  io::filtering_streambuf<io::input> in;
  in.push(filter, buffer);
  in.push(io::array_source(bytes.data(), bytes.size()));
  std::string result;
  io::copy(in, io::back_inserter(result), buffer);
  return result;
}

}  // namespace

std::string gzip(std::string_view bytes) {
  return through(io::gzip_compressor(io::gzip_params(io::gzip::best_compression), buffer), bytes);
}

std::string gunzip(std::string_view file) {
  try {
    return through(io::gzip_decompressor(io::zlib::default_window_bits, buffer), file);
  } catch (const std::ios_base::failure& error) {  // boost's gzip_error and zlib_error among them
    throw std::runtime_error(error.what());
  }
}

}  // namespace pebench::base
