"""What programs write with sparse and quantized tensors, one expression a line, for test_layouts_oracle: both sides must print the same.

The names each group may use are made by `names`. An expression that raises in torch must raise that class of exception here.
"""

from types import SimpleNamespace

import sparse_places


def names(torch, group):
    """The tensors of a group, made by `torch` (either side)."""
    if group == "COO":
        i, v = torch.tensor([[0, 1, 1], [2, 0, 2]]), torch.tensor([3.0, 4.0, 5.0])
        u = torch.sparse_coo_tensor(torch.tensor([[0, 0, 1]]), torch.tensor([[1.0, 2], [3, 4], [5, 6]]), (3, 2))
        d = torch.arange(6.0).reshape(2, 3)
        r = torch.sparse_coo_tensor(i, v, (2, 3), requires_grad=True)
        return {"i": i, "v": v, "s": torch.sparse_coo_tensor(i, v, (2, 3)), "u": u, "d": d, "r": r}
    if group == "CSR":
        D = torch.tensor([[0.0, 1, 2, 0], [3, 0, 0, 4]])
        return {"D": D, "c": D.to_sparse_csr(), "I": lambda *x: torch.tensor(x, dtype=torch.int32)}
    if group == "PLACES":
        return sparse_places.names(torch)
    X = torch.tensor([[-1.0, 0.0, 0.26, 0.5], [1.0, 1.7, 25.5, 100.0]])
    image = torch.arange(32.0).reshape(1, 2, 4, 4) / 10
    return {
        "X": X,
        "SC": torch.tensor([0.1, 0.2]),
        "ZP": torch.tensor([10, 0]),
        "q": torch.quantize_per_tensor(X, 0.1, 10, torch.quint8),
        "p": torch.quantize_per_tensor(X, 0.2, 5, torch.quint8),
        "r": torch.quantize_per_tensor(image, 0.05, 3, torch.quint8),
    }


GROUPS = SimpleNamespace(
    COO="""
torch.sparse_coo_tensor(i,v)
torch.sparse_coo_tensor(i,v,(2,2))
torch.sparse_coo_tensor(i,v,(2,2),check_invariants=True)
torch.sparse_coo_tensor(-i,v,(2,3),check_invariants=True)
torch.sparse_coo_tensor(-i,v)
torch.sparse_coo_tensor(i.float(),v)
torch.sparse_coo_tensor(i,v[:2])
torch.sparse_coo_tensor(i[0],v)
torch.sparse_coo_tensor(i,v,(2,3,4))
torch.sparse_coo_tensor(i,torch.tensor(1.),(2,3))
torch.sparse_coo_tensor([[0,1],[1,0]],[1,2],(2,2))
torch.sparse_coo_tensor((2,3))
torch.sparse_coo_tensor((2,3),dtype=torch.float64)
torch.sparse_coo_tensor(i,v,(2,3),dtype=torch.float64)
torch.sparse_coo_tensor(i,v,(2,3),is_coalesced=True)
torch.sparse_coo_tensor(torch.tensor([[1,0],[1,0]]),torch.tensor([1.,2]),(2,2),is_coalesced=True, check_invariants=True)
torch.sparse_coo_tensor(torch.zeros(1,0,dtype=torch.int64),torch.zeros(0,2),(3,2))
torch.sparse_coo_tensor(torch.zeros(0,1,dtype=torch.int64),torch.zeros(1),())
torch.sparse_coo_tensor(i.to(torch.int32),v,(2,3))._indices().dtype
s
u
r
r*2
s.indices()
s.coalesce().indices()
s.values()
s.coalesce().values()
u.coalesce()
u.coalesce().coalesce() is u
s.is_coalesced(), s.coalesce().is_coalesced()
s._nnz(), s.sparse_dim(), s.dense_dim(), s.layout, s.is_sparse, s.dtype, s.device
s.stride()
s.is_contiguous()
s.storage_offset()
s.untyped_storage()
s.data_ptr()
s.numel(), s.nbytes, s.element_size(), len(s), s.dim()
s.item()
s.tolist()
s.numpy()
s[0]
s[0,2]
s[0:1]
u[0]
u[:,0]
bool(s)
s+1
s+d
d+s
s+s
s-s
s-d
d-s
s*d
d*s
s*2
2*s
s/2
s/d
d/s
s//2
s**2
-s
s==s
s>0
s.abs()
s.exp()
s.cos()
s.log()
s.sqrt()
s.to_dense()
s.to_dense(torch.float64)
s.to(torch.float64)
s.double()
s.clone()
s.detach()
s.cpu()
s.T
s.t()
s.transpose(0,1)
u.transpose(0,1)
s.reshape(3,2)
s.view(3,2)
s.permute(1,0)
s.unsqueeze(0)
s.squeeze()
s.flatten()
s.sum()
s.sum(0)
s.mean()
s.max()
s.any()
s.all()
torch.sparse.sum(s)
torch.sparse.sum(s,0)
torch.sparse.sum(s,(0,1))
torch.sparse.sum(u,1)
torch.sparse.sum(s,0,dtype=torch.float64)
s@d.T
d.T@s
s@s.t()
torch.mm(s,d.T)
torch.mm(d.T,s)
torch.sparse.mm(s,d.T)
torch.sparse.mm(d.T,s)
torch.sparse.mm(s,s.t())
torch.mv(s,torch.ones(3))
s@torch.ones(3)
torch.addmm(torch.ones(2,2),s,d.T)
torch.sparse.addmm(torch.ones(2,2),s,d.T,beta=2,alpha=3)
torch.smm(s,d.T)
torch.sspaddmm(s.mm(s.t()) if 0 else torch.eye(2).to_sparse(),s,d.T)
torch.hspmm(s,d.T)
torch.cat([s,s])
torch.cat([s,s],1)
torch.cat([s,d])
torch.stack([s,s])
s.index_select(0,torch.tensor([1,1]))
s.index_select(1,torch.tensor([2]))
s.narrow_copy(1,1,2)
s.narrow(1,1,2)
s.sparse_mask(s.coalesce())
d.sparse_mask(s.coalesce())
d.sparse_mask(s)
d.to_sparse()
d.to_sparse(1)
d.to_sparse(layout=torch.sparse_coo)
d.to_sparse(3)
s.to_sparse()
s.zero_()
torch.zeros_like(s)
torch.ones_like(s)
torch.empty_like(s)
torch.full_like(s,2)
torch.rand_like(s)
s.new_zeros(2)
s.new_empty(2)
torch.zeros(2,3,layout=torch.sparse_coo)
torch.empty(2,3,layout=torch.sparse_coo)
torch.allclose(s,s)
torch.equal(s,s)
s.coalesce()._values()
s.norm()
s.softmax(0)
torch.sparse.softmax(s,1)
torch.sparse.log_softmax(s,1)
torch.sparse.softmax(u,1)
torch.sparse.spdiags(torch.arange(9.).reshape(3,3),torch.tensor([0,1,-1]),(3,3))
torch.is_same_size(s,d)
s.requires_grad
torch.sparse_coo_tensor(i,v.long(),(2,3))
torch.sparse_coo_tensor(i,v.bool(),(2,3))
torch.sparse_coo_tensor(i,v.double(),(2,3))
d.coalesce()
d.indices()
d._indices()
d.values()
d._nnz()
d.sparse_dim(), d.dense_dim()
d.is_coalesced()
d.crow_indices()
s.crow_indices()
torch.mm(d,s.to_sparse_csr())
torch.exp(s)
torch.cumsum(s,0)
torch.where(s>0,s,s)
s.index_add(0,torch.tensor([0]),d[:1])
s.sort()
s.expand(2,2,3)
s.bmm(s)
s.sparse_resize_((3,3),2,0)
s.fill_(1)
s.copy_(d)
d.clone().copy_(s)
s.clone().copy_(s)
d.clone().add_(s)
s.clone().add_(d)
s.clone().add_(s)
s.clone().mul_(2)
s.clone().mul_(d)
s.clone().div_(2)
s.add(s,alpha=2)
d.add(s,alpha=2)
torch.add(s,s,out=torch.zeros(2,3))
torch.add(s,s,out=torch.zeros(2,3).to_sparse())
torch.sparse_coo_tensor(i,v,(2,3),layout=torch.strided)
hash(s) is not None
s.is_pinned(), s.is_shared()
s._version
s.data
s.grad
s.is_leaf
s._is_view()
s.share_memory_()
s.T.is_coalesced(), s.coalesce().T.is_coalesced()
(s+s).is_coalesced(), (s.coalesce()+s.coalesce()).is_coalesced(), (s*2).is_coalesced(),(s.coalesce()*2).is_coalesced()
(s*s).is_coalesced(), torch.neg(s).is_coalesced(), (s*d).is_coalesced(), (s*d)._nnz()
(s+s)._nnz(), (s+s)._indices(), torch.sqrt(s).is_coalesced()
""",
    CSR="""
c
D.to_sparse_csc()
D.to_sparse_bsr((1,2))
D.to_sparse_bsc((2,2))
D.to_sparse_bsr((2,3))
D.to_sparse_bsr((0,1))
D.to_sparse_csr().to_sparse_bsr((1,2))
D.to_sparse_csr().to_sparse_csc()
D.to_sparse_csc().to_sparse_csr()
D.to_sparse_bsr((1,2)).to_sparse_csr()
D.to_sparse_bsr((1,2)).to_sparse_bsr((2,1))
D.to_sparse_bsr((1,2)).to_sparse_bsc((1,2))
D.to_sparse_bsr((1,2)).to_sparse()
D.to_sparse_bsr((1,2)).to_dense()
D.to_sparse_bsc((1,2)).to_dense()
D.to_sparse_csc().to_dense()
D.to_sparse().to_sparse_csr()
D.to_sparse().to_sparse_csc()
D.to_sparse().to_sparse_bsr((2,2))
D.to_sparse(layout=torch.sparse_csr)
D.to_sparse(layout=torch.sparse_bsr)
D.to_sparse(layout=torch.sparse_bsr,blocksize=(1,2))
torch.stack([D,D]).to_sparse_csr()
torch.stack([D,D*2]).to_sparse_csr().to_dense()
torch.stack([D,D*2]).to_sparse_csr().to_sparse()
torch.stack([D,D.roll(1,1)[:, :]*0]).to_sparse_csr()
torch.stack([D,D]).to_sparse_bsc((2,2))
torch.stack([D,D],2).to_sparse_csr(dense_dim=1)
torch.stack([D,D],2).to_sparse_csr(dense_dim=1).to_dense()
c.stride()
c.is_contiguous()
c.storage_offset()
c.untyped_storage()
c.numpy()
c.data_ptr()
c.numel(), c._nnz(), c.sparse_dim(), c.dense_dim(), c.is_sparse, c.is_sparse_csr, c.layout
c[0]
c[0,1]
c.T
c.t()
c.clone()
c.detach()
c+c
c.add(c,alpha=2)
c*2
2*c
c*c
c*D
D*c
D+c
c+D
D.add(c,alpha=3)
c@c.t()
c@D.t()
D.t()@c
c@torch.ones(4)
torch.mv(c,torch.ones(4))
torch.mm(c,torch.ones(3,4))
torch.addmm(torch.ones(2,2),c,D.t(),beta=2,alpha=3)
torch.sparse.mm(c,D.t())
torch.sparse.mm(D.t(),c)
torch.sparse.addmm(torch.ones(2,2),c,D.t(),beta=2)
D.to_sparse_csc()@D.t()
D.t()@D.to_sparse_csc()
c.sum()
c.sum(0)
c.sum(0,keepdim=True)
c.sum(1,keepdim=True)
c.sum((0,1),keepdim=True)
torch.sparse.sum(c)
c.abs()
c.neg()
c.relu()
c.sin()
c.sqrt()
c.sgn()
c.isnan()
c.to_dense()
c.to_sparse()
c.crow_indices()
c.ccol_indices()
c.col_indices()
c.row_indices()
c.values()
c.indices()
c._indices()
c.coalesce()
c.zero_()
c.fill_(3)
c.double()
c.to(torch.float64)
c.select(0,1)
c.transpose(0,1)
c.copy_(c*2)
torch.zeros_like(c)
torch.ones_like(c)
torch.zeros(2,3,layout=torch.sparse_csr)
torch.zeros(2,layout=torch.sparse_csr)
c.mul_(2)
c.add_(c)
c.abs_()
D.sparse_mask(c)
D.sparse_mask(D.to_sparse_csc())
c.sparse_mask(c)
torch.sparse.sampled_addmm(c,torch.ones(2,3),torch.ones(3,4))
torch.sparse.sampled_addmm(c,torch.ones(2,3),torch.ones(3,4),beta=2,alpha=3)
torch.sparse.sampled_addmm(c,torch.ones(2,3),torch.ones(3,3))
torch.sparse.mm(c,D.t(),'sum')
torch.sparse.mm(c,D.t(),'mean')
torch.sparse.mm(c,D.t(),'amax')
torch.sparse.mm(c,D.t(),'amin')
torch.sparse.mm(c,D.t(),'prod')
torch.sparse.mm(torch.sparse_csr_tensor([0,0,1],[0],[-2.],(2,2)),torch.ones(2,2),'amax')
torch.sparse_csr_tensor([0,1,2],[0,1],[1.,2.])
torch.sparse_csr_tensor([0,1,2],[0,1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0,1,3],[0,1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0,1,2],[0,5],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0,1,2],[0,-1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0,1,2],[0],[1.,2.],(2,2))
torch.sparse_csr_tensor([0,1,2],[0],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([1,1,2],[0,1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0,2,1],[0,1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0,2,2],[1,0],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0,2,2],[1,1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([[0,1,2]],[0,1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0,1],[0],[1.],(2,2),check_invariants=True)
torch.sparse_csr_tensor([0.,1,2],[0,1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor(I(0,1,2),torch.tensor([0,1]),[1.,2.],(2,2),check_invariants=True)
torch.sparse_csr_tensor(I(0,1,2),I(0,1),torch.tensor([1.,2.]),(2,2)).crow_indices().dtype
torch.sparse_csr_tensor([0,1,2],[0,1],[1.,2.],(2,),check_invariants=True)
torch.sparse_csr_tensor([0,1,2],[0,1],[1.,2.],(2,2),dtype=torch.float64)
torch.sparse_csr_tensor([0,1,2],[0,1],[1.,2.],(2,2),requires_grad=True)
torch.sparse_csc_tensor([0,1,2],[0,1],[1.,2.])
torch.sparse_bsr_tensor([0,1,2],[0,1],[[[1.,2.]],[[3.,4]]])
torch.sparse_bsc_tensor([0,1,2],[0,1],[[[1.,2.]],[[3.,4]]])
torch.sparse_bsr_tensor([0,1,2],[0,1],[1.,2.],(2,2),check_invariants=True)
torch.sparse_compressed_tensor([0,1,2],[0,1],[1.,2.],layout=torch.sparse_csc)
torch.sparse_compressed_tensor([0,1,2],[0,1],[1.,2.])
torch.sparse_compressed_tensor([0,1,2],[0,1],[1.,2.],layout=torch.strided)
torch.sparse_compressed_tensor([0,1,2],[0,1],[1.,2.],(2,2),layout=torch.sparse_coo)
D.crow_indices()
c.norm()
c.any()
c.index_select(0,torch.tensor([0]))
torch.sparse.softmax(c,1)
D.to_sparse_csr().requires_grad_()
c.int()
c.conj()
c.angle()
c.reshape(4,2)
torch.add(D,c,out=torch.empty(2,4))
""",
    PLACES=sparse_places.LINES,
    QUANTIZED="""
q
q.dtype
q.layout
q.is_quantized
q.qscheme()
torch.per_tensor_affine
q.q_scale(), q.q_zero_point()
q.int_repr()
q.dequantize()
torch.dequantize(q)
torch.dequantize([q,q])
q.stride(), q.is_contiguous(), q.storage_offset(), q.element_size(), q.nbytes, q.numel()
q.type()
q.tolist()
q[0]
q[0,1]
q[0,1].item()
q.numpy()
q.view(4,2)
q.reshape(-1)
q.t()
q.transpose(0,1)
q.permute(1,0)
q.unsqueeze(0)
q.squeeze()
q.contiguous()
q.clone()
q.detach()
q.cpu()
q.flatten()
q.chunk(2)
q.split(1)
q.narrow(1,1,2)
q.expand(2,2,4)
q.index_select(0,torch.tensor([1,0]))
q[torch.tensor([0,0])]
q[q>0.3]
q==q
q==0.5
q>0
q<q
q.equal(q)
q.equal(q.clone())
torch.equal(q,X)
q.relu()
torch.relu(q)
q.clone().relu_()
q.max()
q.min()
q.max(1)
q.sort(1)
q.topk(2,1)
q.flip(0)
q.clamp(0,1)
torch.cat([q,q])
torch.cat([q,p])
torch.stack([q,q])
q.mean()
q.mean(1)
q.sum()
q+q
-q
q@q.t()
q.sigmoid()
q.tanh()
q.fill_(1.)
q.copy_(X)
q.clone().copy_(q)
q.double()
q.float()
q.to(torch.float32)
q.to(torch.int8)
q.requires_grad_()
q.abs()
q.exp()
q.masked_fill_(q>0.3,1.)
torch.empty_like(q).q_scale()
torch.zeros_like(q)
torch.empty_quantized([2,2],q).q_scale()
torch.empty_quantized([2,2],q).shape
torch._empty_affine_quantized([2,2],scale=.5,zero_point=3,dtype=torch.quint8).fill_(1)
torch._make_per_tensor_quantized_tensor(torch.tensor([1,2],dtype=torch.uint8),.5,1)
torch._make_per_channel_quantized_tensor(torch.tensor([[1,2],[3,4]],dtype=torch.uint8),torch.tensor([.5,.25]),torch.tensor([0,1]),0)
torch.quantize_per_tensor(X,.1,10,torch.qint8)
torch.quantize_per_tensor(X,.1,10,torch.qint32)
torch.quantize_per_tensor(X,torch.tensor(.1),torch.tensor(10),torch.quint8)
torch.quantize_per_tensor([X,X],SC,ZP,torch.quint8)
torch.quantize_per_tensor(X,.1,10,torch.uint8)
torch.quantize_per_tensor(X,.1,1000,torch.quint8)
torch.quantize_per_tensor(X,.1,-1,torch.quint8)
torch.quantize_per_tensor(X,-.1,1,torch.quint8)
torch.quantize_per_tensor(X,0.,1,torch.quint8)
torch.quantize_per_tensor(X.double(),.1,1,torch.quint8)
torch.quantize_per_tensor(X.long(),.1,1,torch.quint8)
torch.quantize_per_tensor(torch.tensor([.05,.15,.25,.35,-.05,float('nan'),float('inf')]),.1,0,torch.qint8).int_repr()
torch.quantize_per_tensor_dynamic(X,torch.quint8,False)
torch.quantize_per_tensor_dynamic(X,torch.qint8,True)
torch.quantize_per_tensor_dynamic(torch.zeros(3),torch.quint8,False)
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8)
torch.quantize_per_channel(X.t(),SC,ZP,1,torch.qint8).int_repr()
torch.quantize_per_channel(X,SC,ZP,1,torch.quint8)
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8).q_per_channel_scales()
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8).q_per_channel_zero_points()
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8).q_per_channel_axis()
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8).q_scale()
torch.quantize_per_channel(X,SC,ZP.float(),0,torch.quint8)
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8).dequantize()
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8).clone()
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8)[0]
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8).t()
torch.quantize_per_channel(X,SC,ZP,0,torch.quint8).equal(torch.quantize_per_channel(X,SC,ZP,0,torch.quint8))
q.q_per_channel_scales()
X.int_repr()
X.q_scale()
X.dequantize()
X.qscheme()
torch.fake_quantize_per_tensor_affine(X,.1,10,0,255)
torch.fake_quantize_per_tensor_affine(X,torch.tensor(.1),torch.tensor(10,dtype=torch.int32),0,255)
torch.fake_quantize_per_tensor_affine(X,.1,300,0,255)
torch.fake_quantize_per_tensor_affine(X,.1,0,255,0)
torch.fake_quantize_per_channel_affine(X,SC,ZP.int(),0,0,255)
torch.fake_quantize_per_channel_affine(X,SC,ZP.float(),0,0,255)
torch.fake_quantize_per_channel_affine(X,SC,ZP,0,0,255)
torch.fake_quantize_per_channel_affine(X,SC,ZP.int(),1,0,255)
torch.fake_quantize_per_channel_affine(X,SC[:1],ZP.int()[:1],0,0,255)
torch.fake_quantize_per_channel_affine(X,SC,ZP.int()+300,0,0,255)
X.numpy().shape
torch.promote_types(torch.quint8,torch.float32)
torch.quint8.itemsize, torch.qint32.itemsize
torch.quantize_per_tensor(X.t(),.1,10,torch.quint8).stride()
q.as_strided((2,),(1,))
q.unbind()
bool(q[0,0])
q.__contains__(0.5)
len(q)
[x.shape for x in q]
q.data
q.is_leaf
q.new_zeros(2)
q.var()
q.std()
q.unfold(1,2,1)
""",
)
