// Random numbers by Philox4x32-10, one stream for each thread: values depend on seed, offset and the size of the grid only.
//
// words: 0 count, 1 result (contiguous), 2 seed, 3 offset (in 4-number steps of a stream), 4 a double, 5 a double, 6 an integer.
// Thread t draws four numbers a step and gives them to elements t, t + G, t + 2G, t + 3G, where G is the number of threads.
// source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC 2011), for the rounds and constants.

struct Four { u32 x[4]; };

FT_FN Four philox(u64 seed, u64 stream, u64 step) {
  u32 c0 = (u32)step, c1 = (u32)(step >> 32), c2 = (u32)stream, c3 = (u32)(stream >> 32);
  u32 k0 = (u32)seed, k1 = (u32)(seed >> 32);
  for (int round = 0; round < 10; ++round) {
    u64 a = (u64)0xD2511F53u * c0, b = (u64)0xCD9E8D57u * c2;
    c0 = (u32)(b >> 32) ^ c1 ^ k0;
    c2 = (u32)(a >> 32) ^ c3 ^ k1;
    c1 = (u32)b;
    c3 = (u32)a;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  Four r; r.x[0] = c0; r.x[1] = c1; r.x[2] = c2; r.x[3] = c3;
  return r;
}

FT_FN float unit(u32 x) { return (float)x * 2.3283064365386963e-10f + 1.1641532182693481e-10f; }  // (0, 1]: x * 2^-32 + 2^-33
FT_FN double unit2(u32 x, u32 y) { return (double)((u64)x ^ ((u64)y << 21)) * 1.1102230246251565e-16 + 5.551115123125783e-17; }

template <class S, int INTEGER> struct Real { typedef typename Op<S>::type type; };
template <class S> struct Real<S, 1> { typedef float type; };  // integers and bool are drawn through float
typedef Real<FT_R, Is<Op<FT_R>::type>::integer>::type T;

// Draw.number(four, k): the k-th of a step; WIDTH numbers a step.
struct Uniform {  // [from, to): a draw of exactly 1 becomes `from`
  enum { WIDTH = sizeof(T) == 8 ? 2 : 4 };
  static FT_MEMBER T number(const Words& p, const Four& f, int k) {
    T from = (T)bits_double(p.w[4]), to = (T)bits_double(p.w[5]);
    T u = sizeof(T) == 8 ? (T)unit2(f.x[2 * (k & 1)], f.x[2 * (k & 1) + 1]) : (T)unit(f.x[k]);
    T v = u * (to - from) + from;
    return v == to ? from : v;
  }
};
struct Normal {  // Box and Muller, in pairs
  enum { WIDTH = sizeof(T) == 8 ? 2 : 4 };
  static FT_MEMBER T number(const Words& p, const Four& f, int k) {
    T u, angle;
    if (sizeof(T) == 8) {
      u = (T)unit2(f.x[0], f.x[1]);
      angle = (T)(6.283185307179586 * unit2(f.x[2], f.x[3]));
    } else {
      u = (T)unit(f.x[k & 2]);
      angle = (T)((float)f.x[(k & 2) + 1] * 1.4629180792671596e-09f + 7.314590396335798e-10f);  // 2 pi 2^-32, and half of it
    }
    T radius = ::sqrt((T)-2 * ::log(u));
    return radius * ((k & 1) ? ::cos(angle) : ::sin(angle)) * (T)bits_double(p.w[5]) + (T)bits_double(p.w[4]);
  }
};
struct Bernoulli {
  enum { WIDTH = 4 };
  static FT_MEMBER T number(const Words& p, const Four& f, int k) { return (T)(unit(f.x[k]) <= (float)bits_double(p.w[4])); }
};
struct Exponential {
  enum { WIDTH = sizeof(T) == 8 ? 2 : 4 };
  static FT_MEMBER T number(const Words& p, const Four& f, int k) {
    T u = sizeof(T) == 8 ? (T)unit2(f.x[2 * (k & 1)], f.x[2 * (k & 1) + 1]) : (T)unit(f.x[k]);
    const T tiny = sizeof(T) == 8 ? (T)1.1102230246251565e-16 : (T)5.960464477539063e-08;  // half of epsilon: never 0 for u = 1
    return (u >= 1 - tiny ? tiny : -::log(u)) / (T)bits_double(p.w[4]);
  }
};
struct Integers32 {  // base + draw % range, for ranges below 2^32
  enum { WIDTH = 4 };
  static FT_MEMBER i64 number(const Words& p, const Four& f, int k) { return p.w[4] + (i64)(f.x[k] % (u64)p.w[6]); }
};
struct Integers64 {  // the same for longer ones; a range of 0 means all of 2^64
  enum { WIDTH = 2 };
  static FT_MEMBER i64 number(const Words& p, const Four& f, int k) {
    u64 draw = (u64)f.x[2 * k] << 32 | f.x[2 * k + 1], range = (u64)p.w[6];
    return p.w[4] + (i64)(range ? draw % range : draw);
  }
};

FT_KERNEL ft_random(const Words p) {
  typedef FT_POLICY D;
  const i64 threads = index_step(), t = first_index();
  u64 step = (u64)p.w[3];
  for (i64 base = t; base < p.w[0]; base += threads * D::WIDTH, ++step) {
    const Four f = philox((u64)p.w[2], (u64)t, step);
    for (int k = 0; k < D::WIDTH; ++k) {
      const i64 i = base + k * threads;
      if (i < p.w[0]) store<FT_R>(p.w[1] + i * (i64)sizeof(FT_R), D::number(p, f, k));
    }
  }
}
