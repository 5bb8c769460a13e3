// softmax, log_softmax and their backwards along one dimension; one block of threads for each row.
//
// words: 0 rows, 1 outer dims, 2 length, 3.. outer sizes, 15 pointers: result, x (or grad), y (output, backward only),
// 18.. strides[3][12] of the outer dims in bytes, 54 strides[3] of the row in bytes.

typedef Op<FT_T0>::type T;

FT_FN T row_fold(T v, T* shared, bool is_max) {
  shared[threadIdx.x] = v;
  __syncthreads();
  for (int s = blockDim.x / 2; s > 0; s >>= 1) {
    if ((int)threadIdx.x < s) {
      T a = shared[threadIdx.x], b = shared[threadIdx.x + s];
      shared[threadIdx.x] = is_max ? ft_max(a, b) : a + b;
    }
    __syncthreads();
  }
  T r = shared[0];
  __syncthreads();
  return r;
}

FT_KERNEL ft_softmax(const Words p) {
  __shared__ T shared[256];
  const i64 n = p.w[2], step_r = p.w[54], step_x = p.w[55], step_y = p.w[56];
  for (i64 row = blockIdx.x; row < p.w[0]; row += gridDim.x) {
    i64 at[3];
    offsets<3>(row, (int)p.w[1], p.w + 3, p.w + 18, at);
    const i64 r = p.w[15] + at[0], x = p.w[16] + at[1], y = p.w[17] + at[2];
#ifdef FT_BACKWARD
    T sum = 0;
    for (i64 j = threadIdx.x; j < n; j += blockDim.x) {
      T g = load<FT_T0>(x + j * step_x);
      sum += FT_LOG ? g : g * load<FT_T0>(y + j * step_y);
    }
    sum = row_fold(sum, shared, false);
    for (i64 j = threadIdx.x; j < n; j += blockDim.x) {
      T g = load<FT_T0>(x + j * step_x), o = load<FT_T0>(y + j * step_y);
      store<FT_R>(r + j * step_r, FT_LOG ? g - exp(o) * sum : (g - sum) * o);
    }
#else
    T top = -1 / (T)0;
    for (i64 j = threadIdx.x; j < n; j += blockDim.x) top = ft_max(top, load<FT_T0>(x + j * step_x));
    top = row_fold(top, shared, true);
    T sum = 0;
    for (i64 j = threadIdx.x; j < n; j += blockDim.x) sum += exp(load<FT_T0>(x + j * step_x) - top);
    sum = row_fold(sum, shared, false);
    const T scale = FT_LOG ? log(sum) : 1 / sum;
    for (i64 j = threadIdx.x; j < n; j += blockDim.x) {
      T v = load<FT_T0>(x + j * step_x) - top;
      store<FT_R>(r + j * step_r, FT_LOG ? v - scale : exp(v) * scale);
    }
    (void)y; (void)step_y;
#endif
  }
}
