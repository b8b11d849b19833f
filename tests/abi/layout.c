/* The layout that version 1.0 shipped, for 64-bit targets: compiles only while every size, offset and code is
 * unchanged. A minor version may append members and codes; then sizes change here and nothing else does. Old
 * lines are never edited. Compiled under every language standard by header_alone.sh. */
#include <pebench/pebench.h>
#include <pebench/pebench.h> /* twice: the include guard */

#define JOIN2(a, b) a##b
#define JOIN(a, b) JOIN2(a, b)
#define REQUIRE(condition) typedef char JOIN(required_at_line_, __LINE__)[(condition) ? 1 : -1]
#define SIZE(type, bytes) REQUIRE(sizeof(type) == (bytes))
#define PLACE(type, member, bytes) REQUIRE(offsetof(type, member) == (bytes))
#define CODE(name, number) REQUIRE(name == (number))

SIZE(peb_tensor, 8);
SIZE(peb_param, 4);
SIZE(peb_status, 4);

SIZE(peb_view, 48);
PLACE(peb_view, data, 0);
PLACE(peb_view, device_type, 8);
PLACE(peb_view, device_id, 12);
PLACE(peb_view, ndim, 16);
PLACE(peb_view, code, 20);
PLACE(peb_view, bits, 21);
PLACE(peb_view, lanes, 22);
PLACE(peb_view, shape, 24);
PLACE(peb_view, strides, 32);
PLACE(peb_view, byte_offset, 40);

SIZE(peb_custom, 48);
PLACE(peb_custom, struct_size, 0);
PLACE(peb_custom, flags, 4);
PLACE(peb_custom, name, 8);
PLACE(peb_custom, user, 16);
PLACE(peb_custom, infer, 24);
PLACE(peb_custom, forward, 32);
PLACE(peb_custom, backward, 40);

SIZE(peb_ops, 248);
PLACE(peb_ops, struct_size, 0);
PLACE(peb_ops, abi_minor, 4);
PLACE(peb_ops, status, 8);
PLACE(peb_ops, fail, 16);
PLACE(peb_ops, shape, 24);
PLACE(peb_ops, dtype, 32);
PLACE(peb_ops, release, 40);
PLACE(peb_ops, parameter, 48);
PLACE(peb_ops, constant, 56);
PLACE(peb_ops, full, 64);
PLACE(peb_ops, arange, 72);
PLACE(peb_ops, cast, 80);
PLACE(peb_ops, detach, 88);
PLACE(peb_ops, unary, 96);
PLACE(peb_ops, binary, 104);
PLACE(peb_ops, scalar, 112);
PLACE(peb_ops, along, 120);
PLACE(peb_ops, choose, 128);
PLACE(peb_ops, clamp, 136);
PLACE(peb_ops, matmul, 144);
PLACE(peb_ops, einsum, 152);
PLACE(peb_ops, embedding, 160);
PLACE(peb_ops, gather, 168);
PLACE(peb_ops, scatter_add, 176);
PLACE(peb_ops, reshape, 184);
PLACE(peb_ops, permute, 192);
PLACE(peb_ops, expand, 200);
PLACE(peb_ops, slice, 208);
PLACE(peb_ops, concat, 216);
PLACE(peb_ops, dropout, 224);
PLACE(peb_ops, normal, 232);
PLACE(peb_ops, custom, 240);

SIZE(peb_param_desc, 56);
PLACE(peb_param_desc, struct_size, 0);
PLACE(peb_param_desc, flags, 4);
PLACE(peb_param_desc, name, 8);
PLACE(peb_param_desc, dims, 16);
PLACE(peb_param_desc, data, 24);
PLACE(peb_param_desc, a, 32);
PLACE(peb_param_desc, b, 40);
PLACE(peb_param_desc, ndim, 48);
PLACE(peb_param_desc, init, 52);

SIZE(peb_option, 64);
PLACE(peb_option, key, 0);
PLACE(peb_option, help, 8);
PLACE(peb_option, choices, 16);
PLACE(peb_option, text, 24);
PLACE(peb_option, def, 32);
PLACE(peb_option, min, 40);
PLACE(peb_option, max, 48);
PLACE(peb_option, kind, 56);
PLACE(peb_option, flags, 60);

SIZE(peb_value, 16);
PLACE(peb_value, num, 0);
PLACE(peb_value, str, 8);

SIZE(peb_config, 32);
PLACE(peb_config, struct_size, 0);
PLACE(peb_config, n_layers, 4);
PLACE(peb_config, n_sites, 8);
PLACE(peb_config, n_heads, 12);
PLACE(peb_config, d_model, 16);
PLACE(peb_config, d_head, 20);
PLACE(peb_config, max_len, 24);
PLACE(peb_config, n_positions, 28);

SIZE(peb_sequence, 64);
PLACE(peb_sequence, struct_size, 0);
PLACE(peb_sequence, role, 4);
PLACE(peb_sequence, flags, 8);
PLACE(peb_sequence, reserved, 12);
PLACE(peb_sequence, batch, 16);
PLACE(peb_sequence, length, 24);
PLACE(peb_sequence, width, 32);
PLACE(peb_sequence, position, 40);
PLACE(peb_sequence, time, 48);
PLACE(peb_sequence, mask, 56);

SIZE(peb_site, 160);
PLACE(peb_site, struct_size, 0);
PLACE(peb_site, kind, 4);
PLACE(peb_site, layer, 8);
PLACE(peb_site, flags, 12);
PLACE(peb_site, batch, 16);
PLACE(peb_site, heads, 24);
PLACE(peb_site, queries, 32);
PLACE(peb_site, keys, 40);
PLACE(peb_site, head_width, 48);
PLACE(peb_site, scale, 56);
PLACE(peb_site, q, 64);
PLACE(peb_site, k, 72);
PLACE(peb_site, v, 80);
PLACE(peb_site, query_position, 88);
PLACE(peb_site, key_position, 96);
PLACE(peb_site, query_time, 104);
PLACE(peb_site, key_time, 112);
PLACE(peb_site, visible, 120);
PLACE(peb_site, logits, 128);
PLACE(peb_site, probs, 136);
PLACE(peb_site, query_hidden, 144);
PLACE(peb_site, key_hidden, 152);

SIZE(peb_host, 56);
PLACE(peb_host, struct_size, 0);
PLACE(peb_host, abi_minor, 4);
PLACE(peb_host, name, 8);
PLACE(peb_host, version, 16);
PLACE(peb_host, ops, 24);
PLACE(peb_host, declare, 32);
PLACE(peb_host, log, 40);
PLACE(peb_host, extension, 48);

SIZE(peb_encoder, 120);
PLACE(peb_encoder, struct_size, 0);
PLACE(peb_encoder, flags, 4);
PLACE(peb_encoder, id, 8);
PLACE(peb_encoder, name, 16);
PLACE(peb_encoder, version, 24);
PLACE(peb_encoder, cite, 32);
PLACE(peb_encoder, options, 40);
PLACE(peb_encoder, n_options, 48);
PLACE(peb_encoder, option_size, 52);
PLACE(peb_encoder, create, 56);
PLACE(peb_encoder, destroy, 64);
PLACE(peb_encoder, begin, 72);
PLACE(peb_encoder, input, 80);
PLACE(peb_encoder, rotate, 88);
PLACE(peb_encoder, bias, 96);
PLACE(peb_encoder, value, 104);
PLACE(peb_encoder, output, 112);

SIZE(peb_plugin, 32);
PLACE(peb_plugin, struct_size, 0);
PLACE(peb_plugin, abi_minor, 4);
PLACE(peb_plugin, min_minor, 8);
PLACE(peb_plugin, n_encoders, 12);
PLACE(peb_plugin, encoders, 16);
PLACE(peb_plugin, extension, 24);

CODE(PEB_OK, 0);
CODE(PEB_E_INVALID, 1);
CODE(PEB_E_UNSUPPORTED, 2);
CODE(PEB_E_INTERNAL, 3);
CODE(PEB_F16, 1);
CODE(PEB_BF16, 2);
CODE(PEB_F32, 3);
CODE(PEB_F64, 4);
CODE(PEB_I64, 5);
CODE(PEB_BOOL, 6);
CODE(PEB_MODEL, 7);
CODE(PEB_NEG, 1);
CODE(PEB_ABS, 2);
CODE(PEB_EXP, 3);
CODE(PEB_LOG, 4);
CODE(PEB_SIN, 5);
CODE(PEB_COS, 6);
CODE(PEB_SQRT, 7);
CODE(PEB_TANH, 8);
CODE(PEB_SIGMOID, 9);
CODE(PEB_RELU, 10);
CODE(PEB_SOFTPLUS, 11);
CODE(PEB_FLOOR, 12);
CODE(PEB_CEIL, 13);
CODE(PEB_SIGN, 14);
CODE(PEB_ADD, 1);
CODE(PEB_SUB, 2);
CODE(PEB_MUL, 3);
CODE(PEB_DIV, 4);
CODE(PEB_POW, 5);
CODE(PEB_MIN, 6);
CODE(PEB_MAX, 7);
CODE(PEB_LT, 8);
CODE(PEB_LE, 9);
CODE(PEB_EQ, 10);
CODE(PEB_SUM, 1);
CODE(PEB_MEAN, 2);
CODE(PEB_AMAX, 3);
CODE(PEB_CUMSUM, 4);
CODE(PEB_SOFTMAX, 5);
CODE(PEB_OPT_INT, 1);
CODE(PEB_OPT_REAL, 2);
CODE(PEB_OPT_BOOL, 3);
CODE(PEB_OPT_ENUM, 4);
CODE(PEB_OPT_STRING, 5);
CODE(PEB_OPT_FILE, 6);
CODE(PEB_INIT_ZERO, 1);
CODE(PEB_INIT_CONST, 2);
CODE(PEB_INIT_NORMAL, 3);
CODE(PEB_INIT_TRUNC_NORMAL, 4);
CODE(PEB_INIT_UNIFORM, 5);
CODE(PEB_INIT_XAVIER, 6);
CODE(PEB_INIT_DATA, 7);
CODE(PEB_PARAM_FROZEN, 1);
CODE(PEB_PARAM_NO_DECAY, 2);
CODE(PEB_SELF, 1);
CODE(PEB_CROSS, 2);
CODE(PEB_PROFILE, 1);
CODE(PEB_CANDIDATES, 2);
CODE(PEB_CAUSAL, 1);
CODE(PEB_TRAINING, 2);
CODE(PEB_NEED_TIME, 1);
CODE(PEB_NEED_LOGITS, 2);
CODE(PEB_NEED_PROBS, 4);
CODE(PEB_NEED_HIDDEN, 8);
CODE(PEB_IS_SHIFT_INVARIANT, 256);
CODE(PEB_IS_EXTRAPOLATING, 512);
CODE(PEB_IS_NULL, 1024);
CODE(PEB_IS_AFFINE_INPUT, 2048);
CODE(PEB_IS_CAUSAL, 4096);
CODE(PEB_CUSTOM_CUDA, 1);
CODE(PEB_CUSTOM_STRIDED, 2);
