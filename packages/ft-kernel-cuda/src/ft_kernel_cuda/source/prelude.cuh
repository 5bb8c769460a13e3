// What every kernel shares: types, loads and stores through opmath, index arithmetic, the mathematics that C++ lacks.
//
// A storage type is what lies in memory (f16, bf16 and fp8 are structs over raw bits); its opmath type is what it is computed in.
// load<S>() and store<S>() are the only places where the two meet, so a kernel's text is the same for all dtypes.
// FT_HOST is set by the tests, which compile this text with an ordinary C++ compiler and run it with threads.

typedef signed char i8;
typedef unsigned char u8;
typedef short i16;
typedef unsigned short u16;
typedef int i32;
typedef unsigned int u32;
typedef long long i64;
typedef unsigned long long u64;

#ifndef FT_HOST
#define FT_KERNEL extern "C" __global__ void __launch_bounds__(256)
#define FT_FN static __device__ __forceinline__
#define FT_MEMBER __device__ __forceinline__
#endif

struct Words { i64 w[128]; };

enum { MAX_DIMS = 12 };

struct f16 { u16 bits; };
struct bf16 { u16 bits; };
struct f8e4m3 { u8 bits; };
struct f8e5m2 { u8 bits; };
template <class T> struct cplx { T re, im; };
typedef cplx<float> c64;
typedef cplx<double> c128;

// ---- storage -> opmath ----

template <class S> struct Op { typedef S type; };
template <> struct Op<f16> { typedef float type; };
template <> struct Op<bf16> { typedef float type; };
template <> struct Op<f8e4m3> { typedef float type; };
template <> struct Op<f8e5m2> { typedef float type; };

template <class T> struct Is { enum { integer = 1, complex = 0 }; };
template <> struct Is<float> { enum { integer = 0, complex = 0 }; };
template <> struct Is<double> { enum { integer = 0, complex = 0 }; };
template <class T> struct Is<cplx<T> > { enum { integer = 0, complex = 1 }; };

FT_FN float bits_float(u32 u) { union { u32 u; float f; } x; x.u = u; return x.f; }
FT_FN u32 float_bits(float f) { union { u32 u; float f; } x; x.f = f; return x.u; }
FT_FN double bits_double(i64 u) { union { i64 u; double f; } x; x.u = u; return x.f; }

FT_FN float widen(f16 h) {
  u32 sign = (u32)(h.bits & 0x8000u) << 16, e = (h.bits >> 10) & 31u, m = h.bits & 1023u;
  if (e == 31u) return bits_float(sign | 0x7f800000u | (m << 13));
  if (e) return bits_float(sign | ((e + 112u) << 23) | (m << 13));
  float v = (float)m * 5.9604644775390625e-08f;  // 2^-24: a subnormal half is a multiple of it
  return sign ? -v : v;
}
FT_FN float widen(bf16 h) { return bits_float((u32)h.bits << 16); }
FT_FN float widen(f8e5m2 h) { f16 x; x.bits = (u16)((u16)h.bits << 8); return widen(x); }
FT_FN float widen(f8e4m3 h) {
  u32 e = (h.bits >> 3) & 15u, m = h.bits & 7u;
  float v;
  if (e == 15u && m == 7u) v = bits_float(0x7fc00000u);
  else if (e) v = bits_float(((e + 120u) << 23) | (m << 20));
  else v = (float)m * 0.001953125f;  // 2^-9
  return (h.bits & 0x80u) ? -v : v;
}

// Rounds to nearest, ties to even, into MANT mantissa bits with exponents from 1 - BIAS; the caller handles overflow and NaN.
template <int MANT, int BIAS> FT_FN u32 narrow_bits(float f) {
  u32 u = float_bits(f) & 0x7fffffffu;
  int e = (int)(u >> 23) - 127;
  if (e < 1 - BIAS) {  // subnormal in the target: count multiples of its smallest value
    int shift = 23 - MANT + (1 - BIAS - e);
    if (shift > 25) return 0u;
    u32 m = (u & 0x7fffffu) | (e > -127 ? 0x800000u : 0u);
    u32 kept = m >> shift, rest = m & ((1u << shift) - 1u), half = 1u << (shift - 1);
    return kept + (rest > half || (rest == half && (kept & 1u)));
  }
  u32 low = 23 - MANT;
  u32 rounded = u + ((1u << (low - 1)) - 1u) + ((u >> low) & 1u);
  return (rounded >> low) - ((u32)(127 - BIAS) << MANT);
}

template <class S> struct Narrow {
  template <class T> static FT_MEMBER S from(T v) { return (S)v; }
};
template <> struct Narrow<bool> {
  template <class T> static FT_MEMBER bool from(T v) { return v != (T)0; }
};
template <> struct Narrow<f16> {
  template <class T> static FT_MEMBER f16 from(T w) {
    float v = (float)w;
    u32 u = float_bits(v), sign = (u >> 16) & 0x8000u, a = u & 0x7fffffffu, b;
    if (a > 0x7f800000u) b = 0x7e00u;
    else { b = a == 0x7f800000u ? 0x7c00u : narrow_bits<10, 15>(v); if (b > 0x7c00u) b = 0x7c00u; }
    f16 r; r.bits = (u16)(sign | b); return r;
  }
};
template <> struct Narrow<bf16> {
  template <class T> static FT_MEMBER bf16 from(T w) {
    u32 u = float_bits((float)w);
    bf16 r;
    r.bits = (u & 0x7fffffffu) > 0x7f800000u ? (u16)0x7fc0u : (u16)((u + 0x7fffu + ((u >> 16) & 1u)) >> 16);
    return r;
  }
};
template <> struct Narrow<f8e5m2> {
  template <class T> static FT_MEMBER f8e5m2 from(T w) {
    float v = (float)w;
    u32 u = float_bits(v), a = u & 0x7fffffffu, b;
    if (a > 0x7f800000u) b = 0x7fu;
    else { b = a == 0x7f800000u ? 0x7cu : narrow_bits<2, 15>(v); if (b > 0x7cu) b = 0x7cu; }
    f8e5m2 r; r.bits = (u8)(((u >> 24) & 0x80u) | b); return r;
  }
};
template <> struct Narrow<f8e4m3> {
  template <class T> static FT_MEMBER f8e4m3 from(T w) {  // no infinity: what does not fit becomes NaN
    float v = (float)w;
    u32 u = float_bits(v), a = u & 0x7fffffffu, b;
    if (a >= 0x7f800000u) b = 0x7fu;
    else { b = narrow_bits<3, 7>(v); if (b > 0x7fu) b = 0x7fu; }
    f8e4m3 r; r.bits = (u8)(((u >> 24) & 0x80u) | b); return r;
  }
};

template <class S> FT_FN S load_as(const S* p) { return *p; }
FT_FN float load_as(const f16* p) { return widen(*p); }
FT_FN float load_as(const bf16* p) { return widen(*p); }
FT_FN float load_as(const f8e4m3* p) { return widen(*p); }
FT_FN float load_as(const f8e5m2* p) { return widen(*p); }

// From one opmath type to another: real to complex, complex to real (the imaginary part is dropped, as torch does), numbers.
template <class D> struct To {
  template <class T> static FT_MEMBER D from(T v) { return (D)v; }
  template <class T> static FT_MEMBER D from(cplx<T> v) { return (D)v.re; }
};
template <> struct To<bool> {
  template <class T> static FT_MEMBER bool from(T v) { return v != (T)0; }
  template <class T> static FT_MEMBER bool from(cplx<T> v) { return v.re != 0 || v.im != 0; }
};
template <class D> struct To<cplx<D> > {
  template <class T> static FT_MEMBER cplx<D> from(T v) { cplx<D> r; r.re = (D)v; r.im = 0; return r; }
  template <class T> static FT_MEMBER cplx<D> from(cplx<T> v) { cplx<D> r; r.re = (D)v.re; r.im = (D)v.im; return r; }
};

template <class S> FT_FN typename Op<S>::type load(i64 address) { return load_as((const S*)address); }
template <class S, class T> struct Stored { static FT_MEMBER S from(T v) { return Narrow<S>::from(To<typename Op<S>::type>::from(v)); } };
template <class T> struct Stored<bool, T> { static FT_MEMBER bool from(T v) { return To<bool>::from(v); } };
template <class T, class U> struct Stored<cplx<T>, U> { static FT_MEMBER cplx<T> from(U v) { return To<cplx<T> >::from(v); } };
template <class S, class T> FT_FN void store(i64 address, T v) { *(S*)address = Stored<S, T>::from(v); }

// ---- integer, NaN and sign rules ----

template <class T> FT_FN bool is_nan(T v) { return v != v; }
template <class T> FT_FN bool is_inf(T v) { return !Is<T>::integer && v == v && (v - v) != (v - v); }
template <class T> FT_FN T ft_abs(T v) { return v < (T)0 ? (T)-v : v; }
FT_FN bool ft_abs(bool v) { return v; }
FT_FN float ft_abs(float v) { return fabsf(v); }
FT_FN double ft_abs(double v) { return fabs(v); }
template <class T> FT_FN T ft_max(T a, T b) { return is_nan(a) ? a : is_nan(b) ? b : (a < b ? b : a); }
template <class T> FT_FN T ft_min(T a, T b) { return is_nan(a) ? a : is_nan(b) ? b : (b < a ? b : a); }
template <class T> FT_FN T ft_fmax(T a, T b) { return is_nan(a) ? b : is_nan(b) ? a : (a < b ? b : a); }
template <class T> FT_FN T ft_fmin(T a, T b) { return is_nan(a) ? b : is_nan(b) ? a : (b < a ? b : a); }
template <class T> FT_FN T ft_sign(T v) { return is_nan(v) ? v : (T)(((T)0 < v) - (v < (T)0)); }
template <class T> FT_FN T ft_bitnot(T v) { return (T)~v; }
FT_FN bool ft_bitnot(bool v) { return !v; }

template <class T, int INTEGER> struct Division;
template <class T> struct Division<T, 1> {  // the device gives all ones for x / 0, as torch does there; -1 alone overflows
  static FT_MEMBER T trunc(T a, T b) { return b == (T)-1 && (T)-1 < (T)0 ? (T)((u64)0 - (u64)a) : (T)(a / b); }
  static FT_MEMBER T rest(T a, T b) { return b == (T)-1 && (T)-1 < (T)0 ? (T)0 : (T)(a % b); }
  static FT_MEMBER T floor_(T a, T b) { T q = trunc(a, b), r = rest(a, b); return r != 0 && ((r < 0) != (b < 0)) ? (T)(q - 1) : q; }
  static FT_MEMBER T modulo(T a, T b) { T r = rest(a, b); return r != 0 && ((r < 0) != (b < 0)) ? (T)(r + b) : r; }
  static FT_MEMBER T power(T a, T n) {
    if (n < 0) return a == 1 ? (T)1 : a == (T)-1 ? (n % 2 ? (T)-1 : (T)1) : (T)0;
    u64 r = 1, base = (u64)a;
    for (u64 k = (u64)n; k; k >>= 1) { if (k & 1) r *= base; base *= base; }
    return (T)r;
  }
};
template <class T> struct Division<T, 0> {
  static FT_MEMBER T trunc(T a, T b) { return ::trunc(a / b); }
  static FT_MEMBER T rest(T a, T b) { return ::fmod(a, b); }
  static FT_MEMBER T modulo(T a, T b) { T r = ::fmod(a, b); return r != 0 && ((r < 0) != (b < 0)) ? r + b : r; }
  static FT_MEMBER T floor_(T a, T b) {  // Python's: consistent with modulo, and signed zeros kept
    if (b == 0) return a / b;
    T r = ::fmod(a, b), q = (a - r) / b;
    if (r != 0 && ((b < 0) != (r < 0))) q -= 1;
    if (q == 0) return ::copysign((T)0, a / b);
    T f = ::floor(q);
    return q - f > (T)0.5 ? f + 1 : f;
  }
  static FT_MEMBER T power(T a, T n) { return ::pow(a, n); }
};
template <class T> FT_FN T ft_trunc_div(T a, T b) { return Division<T, Is<T>::integer>::trunc(a, b); }
template <class T> FT_FN T ft_floor_div(T a, T b) { return Division<T, Is<T>::integer>::floor_(a, b); }
template <class T> FT_FN T ft_modulo(T a, T b) { return Division<T, Is<T>::integer>::modulo(a, b); }
template <class T> FT_FN T ft_rest(T a, T b) { return Division<T, Is<T>::integer>::rest(a, b); }
template <class T> FT_FN T ft_pow(T a, T b) { return Division<T, Is<T>::integer>::power(a, b); }

template <class T> FT_FN T ft_gcd(T a, T b) {
  a = ft_abs(a); b = ft_abs(b);
  while (b != 0) { T r = (T)(a % b); a = b; b = r; }
  return a;
}
template <class T> FT_FN T ft_lcm(T a, T b) { T g = ft_gcd(a, b); return g == 0 ? (T)0 : ft_abs((T)(a / g * b)); }
template <class T> FT_FN T ft_shift_left(T a, T n) { return n < 0 || n >= (T)(8 * sizeof(T)) ? (T)0 : (T)((u64)a << n); }
template <class T> FT_FN T ft_shift_right(T a, T n) {
  return n < 0 || n >= (T)(8 * sizeof(T)) ? (a < (T)0 ? (T)-1 : (T)0) : (T)(a >> n);
}
template <class T> FT_FN T ft_sigmoid(T v) { T e = ::exp(-ft_abs(v)); return v < 0 ? e / (1 + e) : 1 / (1 + e); }
template <class T> FT_FN T ft_xlogy(T a, T b) { return is_nan(b) ? b : a == 0 ? (T)0 : a * ::log(b); }
template <class T> FT_FN T ft_logaddexp(T a, T b) {
  if (is_inf(a) && a == b) return a;
  return ft_max(a, b) + ::log1p(::exp(-ft_abs(a - b)));
}
template <class T> FT_FN T ft_heaviside(T a, T at_zero) { return is_nan(a) ? a : a == 0 ? at_zero : (a < 0 ? (T)0 : (T)1); }

// ---- index arithmetic ----

FT_FN i64 first_index() { return (i64)blockIdx.x * blockDim.x + threadIdx.x; }
FT_FN i64 index_step() { return (i64)gridDim.x * blockDim.x; }

// Byte offsets of element `i` for N operands. `sizes` has `dims` numbers, operand k's strides (bytes) begin at strides[k * MAX_DIMS].
template <int N> FT_FN void offsets(i64 i, int dims, const i64* sizes, const i64* strides, i64* out) {
#pragma unroll
  for (int k = 0; k < N; ++k) out[k] = 0;
  for (int d = dims - 1; d > 0; --d) {
    i64 q = i / sizes[d], r = i - q * sizes[d];
#pragma unroll
    for (int k = 0; k < N; ++k) out[k] += r * strides[k * MAX_DIMS + d];
    i = q;
  }
#pragma unroll
  for (int k = 0; k < N; ++k) out[k] += i * strides[k * MAX_DIMS];
}
